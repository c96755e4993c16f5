import MarketplaceCore
import MarketplaceStorage

extension StoreLaws {
    /// Commits that are asked for at once end each in its own way, and what is there is what they were told.
    public static let outcomesAreEachItsOwn = StoreLaw(
        "commit.each-its-own",
        "Of commits at once, some refused and some invalid, each gets its own outcome: every part of those that were "
            + "applied is there, and no part of the others."
    ) { probe in
        for round in 0..<8 {
            let attempts = (0..<24).map { number in CommitAttempt(number: number, round: round, probe) }
            let outcomes = try await withThrowingTaskGroup(of: (Int, CommitAttempt.Outcome).self) { group in
                for attempt in attempts {
                    group.addTask { (attempt.number, try await attempt.commit(to: probe.store)) }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            for attempt in attempts {
                let outcome = outcomes[attempt.number]
                let isAsDue = attempt.isInvalid ? outcome == .invalid : outcome != .invalid
                try LawBreach.unless(isAsDue, "an outcome of its own", found: "\(outcome.debugText)")
                let count = try await probe.events(in: attempt.stream).count
                let document = try await probe.store.document(attempt.document)
                let counter = try await probe.store.counter(attempt.own)
                let expected = outcome == .applied ? [1, 1, 1] : [0, 0, 0]
                let found = [count, document == nil ? 0 : 1, Int(counter)]
                try LawBreach.unlessEqual(found, expected, "the parts of a commit that ended as \(outcome.debugText)")
            }
            let applied = outcomes.values.filter { $0 == .applied }.count
            try LawBreach.unlessEqual(applied, CommitAttempt.quota, "how many were applied within the ceiling")
        }
    }

    /// Transactions that touch the same things in opposite orders all succeed.
    public static let oppositeOrdersSucceed = StoreLaw(
        "commit.opposite-orders",
        "Transactions at once that name the same streams, documents, unique keys, fences and counters in opposite "
            + "orders all succeed: none is given up for a deadlock."
    ) { probe in
        let (tasks, rounds) = (6, 15)
        let keys: [String] = ["a", "b", "c", "d"]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<tasks {
                group.addTask {
                    for round in 0..<rounds {
                        let order = (task + round).isMultiple(of: 2) ? keys : keys.reversed()
                        try await probe.commit { transaction in
                            for key in order { try touch(key, in: &transaction, probe) }
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        for key in keys {
            let value = try await probe.store.counter(try TextKey(key))
            try LawBreach.unlessEqual(Int(value), tasks * rounds, "the counter \(key)")
            let versions = try await probe.events(in: StreamID("law", try TextKey(key))).map { Int($0.version.value) }
            try LawBreach.unlessEqual(versions, Array(1...(tasks * rounds)), "the versions of the stream \(key)")
        }
    }

    /// A commit that is cancelled while it runs is reported as what became of it, and others do not notice.
    public static let cancelledCommitsAreHonest = StoreLaw(
        "commit.cancelled-midway",
        "A commit that is cancelled at any moment is applied or not as its outcome says, unknown is told by repeating "
            + "it, and commits beside it succeed."
    ) { probe in
        for round in 0..<40 {
            let (stream, own) = (StreamID("law", try TextKey("\(round)")), try CounterKey("\(round)"))
            let transaction = probe.transaction { transaction in
                transaction.append(probe.drafts(1), to: stream, expecting: .none)
                transaction.add(1, to: own)
            }
            let beside = (0..<4).map { _ in
                let other = probe.transaction { $0.add(1, to: "beside") }
                return LawCall { try await probe.store.commit(other) }
            }
            let call = LawCall { try await probe.store.commit(transaction) }
            for _ in 0..<round { await Task.yield() }
            call.cancel()
            for other in beside { _ = try await other.end("an end of a commit beside") }
            var counts: ClosedRange<Int> = 1...1
            do {
                _ = try await call.end("an end of the cancelled commit")
            } catch let error as StoreError {
                switch error {
                case .notApplied: counts = 0...0
                case .unknown: counts = 0...1
                default: throw LawBreach(expected: "applied, not applied or unknown", found: "\(error)")
                }
            }
            let found = try await probe.events(in: stream).count
            try LawBreach.unless(counts.contains(found), "\(counts) events, as the outcome says", found: "\(found)")
            let value = try await probe.store.counter(own)
            try LawBreach.unlessEqual(Int(value), found, "the counter, as the events")
            _ = try await probe.store.commit(transaction)
            try LawBreach.unlessEqual(try await probe.store.counter(own), 1, "the counter after it was repeated")
        }
        try LawBreach.unlessEqual(try await probe.store.counter("beside"), 160, "how many were applied beside them")
    }

    /// A read sees all of a transaction or nothing of it.
    public static let transactionsAreSeenWhole = StoreLaw(
        "commit.seen-whole",
        "A read while others commit sees all of a transaction or nothing, and what was acknowledged before it began."
    ) { probe in
        try await probe.commit { $0.add(100, to: "a") }
        for id in ["a", "b"] { try await probe.write(DocumentKey("law", try TextKey(id)), [0]) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for round in 1...100 {
                    try await probe.commit { transaction in
                        transaction.add(round.isMultiple(of: 3) ? 2 : -1, to: "a")
                        transaction.add(round.isMultiple(of: 3) ? -2 : 1, to: "b")
                        for id: TextKey<DocumentSubject> in ["a", "b"] {
                            transaction.write(DocumentWrite(DocumentKey("law", id), body: [UInt8(round)]))
                        }
                    }
                    let body = try await probe.store.document(DocumentKey("law", "a"))?.body
                    try LawBreach.unlessEqual(body, [UInt8(round)], "the body that was acknowledged just now")
                }
            }
            for _ in 0..<2 {
                group.addTask {
                    for _ in 0..<100 {
                        let sum = try await probe.store.counters(["a", "b"]).values.reduce(0, +)
                        try LawBreach.unlessEqual(sum, 100, "the sum of two counters between which something moves")
                        let slice = try await probe.store.documents(matching: .all(of: "law", limit: 2))
                        let bodies = Set(slice.documents.map(\.body))
                        try LawBreach.unlessEqual(bodies.count, 1, "how many states two documents are in")
                        await Task.yield()
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// What a guard requires holds until the transaction has taken effect.
    public static let guardsHoldToTheEnd = StoreLaw(
        "guard.at-once",
        "What a guard requires, of a stream or of a document, absent ones too, holds until the transaction takes "
            + "effect: of two at once that each require what the other changes exactly one is applied."
    ) { probe in
        for round in 0..<40 {
            let names = try ["left", "right"].map { try TextKey<DocumentSubject>("\($0) \(round / 2)") }
            let transactions = [(names[0], names[1]), (names[1], names[0])].map { required, changed in
                probe.transaction { transaction in
                    if round.isMultiple(of: 2) {
                        transaction.require(.document(DocumentKey("law", required), at: nil))
                        transaction.write(DocumentWrite(DocumentKey("law", changed), body: []))
                    } else {
                        transaction.require(.stream(StreamID("law", required.retyped()), at: .none))
                        transaction.append(probe.drafts(1), to: StreamID("law", changed.retyped()), expecting: .any)
                    }
                }
            }
            let applied = try await withThrowingTaskGroup(of: Bool.self) { group in
                for transaction in transactions {
                    group.addTask {
                        do throws(StoreError) {
                            _ = try await probe.store.commit(transaction)
                            return true
                        } catch {
                            guard case .conflict(let conflict) = error, conflict.isContention else { throw error }
                            return false
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            try LawBreach.unlessEqual(applied, 1, "how many of the two were applied")
        }
    }

    private static func touch(_ key: String, in transaction: inout Transaction, _ probe: StoreProbe) throws {
        transaction.require(.fence(try TextKey(key), FencingToken(1)))
        transaction.append(probe.drafts(1), to: StreamID("law", try TextKey(key)), expecting: .any)
        let document = DocumentKey("law", try TextKey(key))
        transaction.write(DocumentWrite(document, body: [1], uniqueKeys: [try TextKey(key)]))
        transaction.add(1, to: try TextKey(key))
    }
}
