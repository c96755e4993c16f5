import MarketplaceCore
import MarketplaceStorage

/// Three writers that begin and finish in the order of a schedule, and a reader that looks after every step.
struct FeedInterleaving {
    /// The commit of one writer.
    private struct Commit {
        let call: LawCall<CommitReceipt>
        let events: [EventID]
        /// Its number among those who came to the gate; nil when it waits for another, in the store.
        let ticket: Int?
        /// The writers that had finished when it began.
        let causes: [Int]
    }

    /// How long a call that neither ends nor comes to the gate is waited for: it stands behind another one.
    private static let attention = Duration.milliseconds(10)

    private let probe: StoreProbe
    private let gate: StoreGate?
    private var reader: FeedWitness

    init(_ probe: StoreProbe, gate: StoreGate? = nil) {
        self.probe = probe
        self.gate = gate
        reader = FeedWitness(probe)
    }

    /// Runs every schedule, once with writers that share nothing and once with a stream they share.
    mutating func runAll() async throws {
        defer { gate?.open() }
        for (number, schedule) in WriterSchedule.all.enumerated() {
            try await run(schedule, hasSharedStream: false, limit: 1 + number % 3)
            try await run(schedule, hasSharedStream: true, limit: 1 + number % 4)
        }
    }

    private mutating func run(_ schedule: WriterSchedule, hasSharedStream: Bool, limit: Int) async throws {
        let start = reader.position
        gate?.close()
        var commits: [Int: Commit] = [:]
        for step in schedule.steps {
            switch step {
            case .begin(let writer):
                let causes = commits.filter { $0.value.call.isOver }.map(\.key)
                commits[writer] = try await begin(writer, hasSharedStream: hasSharedStream, causes: causes)
            case .finish(let writer):
                guard let commit = commits[writer] else { continue }
                try await finish(commit)
            }
            try await reader.look(limit: limit)
            try checkSeen(commits)
        }
        gate?.open()
        for commit in commits.values { _ = try await commit.call.end("an end of the commit") }
        try await reader.catchUp(limit: limit)
        try checkSeen(commits)
        try check(commits, schedule)
        let again = try await probe.feed(after: start).map(\.id)
        let order = again.compactMap { reader.places[$0] }
        try LawBreach.unless(
            order == order.sorted() && order.count == again.count,
            "what a later reader finds is what the first one found, in its order (\(schedule))",
            found: "\(again.count) events at the places \(order)"
        )
    }

    private func begin(_ writer: Int, hasSharedStream: Bool, causes: [Int]) async throws -> Commit {
        let own = probe.drafts(1 + writer)
        let shared = probe.drafts(1)
        let transaction = probe.transaction { transaction in
            let stream = StreamID("law", TextKey(EventID(bits: UInt128(writer))))
            transaction.append(own, to: stream, expecting: .any)
            if hasSharedStream { transaction.append(shared, to: StreamID("law", "shared"), expecting: .any) }
        }
        let before = gate?.tickets.last
        let probe = probe
        let call = LawCall { try await probe.store.commit(transaction) }
        if let gate { try await wait { call.isOver || gate.tickets.last != before } }
        let ticket = gate?.tickets.last.flatMap { $0 == before ? nil : $0 }
        let events = (own + (hasSharedStream ? shared : [])).map(\.id)
        return Commit(call: call, events: events, ticket: ticket, causes: causes)
    }

    private func finish(_ commit: Commit) async throws {
        guard let gate else {
            _ = try await commit.call.end("an end of the commit")
            return
        }
        guard !commit.call.isOver else { return }
        let tickets = gate.tickets
        // Who stands behind another one in the store goes on only when that one does.
        guard let ticket = tickets.first(where: { $0 == commit.ticket }) ?? tickets.first else { return }
        gate.release(ticket)
        try await wait { commit.call.isOver }
    }

    /// Waits for a short while, which is long enough unless somebody else is in the way.
    private func wait(until isSettled: () -> Bool) async throws {
        let end = ContinuousClock.now + Self.attention
        while !isSettled(), ContinuousClock.now < end {
            for _ in 0..<20 where !isSettled() { await Task.yield() }
            if !isSettled() { try await Task.sleep(for: .microseconds(200)) }
        }
    }

    private func checkSeen(_ commits: [Int: Commit]) throws {
        for commit in commits.values {
            guard let receipt = try commit.call.result?.get() else { continue }
            try reader.demandSeen(commit.events, of: receipt)
        }
    }

    private func check(_ commits: [Int: Commit], _ schedule: WriterSchedule) throws {
        for (writer, commit) in commits {
            let places = commit.events.compactMap { reader.places[$0] }
            try LawBreach.unlessEqual(
                places.count,
                commit.events.count,
                "how many events of writer \(writer) were seen"
            )
            for cause in commit.causes {
                let last = commits[cause]?.events.compactMap { reader.places[$0] }.max() ?? 0
                try LawBreach.unless(
                    last < places.min() ?? 0,
                    "the events of writer \(writer) after those of writer \(cause), which had finished (\(schedule))",
                    found: "places \(places) and \(last)"
                )
            }
        }
    }
}
