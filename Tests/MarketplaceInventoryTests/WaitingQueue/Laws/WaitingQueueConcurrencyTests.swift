import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// Many callers at once, on every form.
struct WaitingQueueConcurrencyTests {
    @Test(arguments: WaitingQueueForm.allCases)
    func howeverManyJoinAtOnceNoNumberIsMissingOrGivenTwice(form: WaitingQueueForm) async throws {
        let count = PropertyRun.whole(10_000, reducedTo: 2_000)
        let queue = try await form.make(.scenario(maximumWaiting: Int64(count)))
        let numbers = try await Self.numbers(of: count, joining: queue, at: 50)
        #expect(numbers.sorted() == Array(1...Int64(count)))
        #expect(try await queue.advance(to: .second(50)).joined == Int64(count))
        let more = try await waitingRefusal { () async throws(WaitingQueueError) in
            try await askingAgain { () async throws(WaitingQueueError) in
                _ = try await queue.join("late", at: .second(50))
            }
        }
        #expect(more == .full(waiting: Int64(count), maximum: Int64(count)))
    }

    @Test func whoJoinsAtOnceMakesNobodyTryAgain() async throws {
        let store = FaultInjectingStore(InMemoryStore(), afterRead: { await Task.yield() })
        let queue = try StoreWaitingQueue("drop", store: store, codec: .json)
        try await queue.create(.scenario(maximumWaiting: 100_000), at: .second(0))
        store.reset()
        let count = PropertyRun.whole(10_000, reducedTo: 2_000)
        _ = try await Self.numbers(of: count, joining: queue, at: 50)
        #expect(store.commitCount == count * 2)
    }

    /// The numbers of so many members who join at once.
    private static func numbers(
        of count: Int,
        joining queue: any WaitingQueue,
        at second: Int64
    ) async throws -> [Int64] {
        try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 1...count {
                group.addTask {
                    try await askingAgain { () async throws(WaitingQueueError) in
                        try await queue.join(.numbered(number), at: .second(second)).number
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func aMemberGetsOneNumberHoweverManyTimesItJoinsAtOnce(form: WaitingQueueForm) async throws {
        let queue = try await form.make(.scenario())
        let tickets = try await withThrowingTaskGroup(of: WaitingTicket.self) { group in
            for call in 0..<300 {
                group.addTask {
                    try await askingAgain { () async throws(WaitingQueueError) in
                        try await queue.join(.numbered(call % 30), at: .second(Int64(call % 7)))
                    }
                }
            }
            return try await group.reduce(into: Set<WaitingTicket>()) { $0.insert($1) }
        }
        #expect(tickets.count == 30)
        #expect(tickets.map(\.number).sorted() == Array(1...30))
        #expect(try await queue.advance(to: .second(50)).joined == 30)
    }

    @Test(arguments: WaitingQueueForm.allCases)
    func everyPlaceIsReturnedOnceAndNoneIsGivenBeforeItsTime(form: WaitingQueueForm) async throws {
        await PropertyRun.checkAsync(form == .inMemory ? 20 : 5) { run in
            try await WaitingQueueStorm(form: form, seed: run.seed).run(run.replay)
        }
    }
}

/// Members who come, come late or not at all, or leave, all at once while time goes on.
final class WaitingQueueStorm: Sendable {
    private enum Fate: UInt64 {
        case enters, entersAndExits, leavesTheLine, leavesAfterTheCall, ignoresTheCall
    }

    private static let memberCount = 150
    private static let taskCount = 6
    private static let roundCount = 80

    private let queue: any WaitingQueue
    private let terms: WaitingQueueTerms
    private let seed: UInt64
    /// Tenths of a second since second 95.
    private let tenths = Mutex<Int64>(0)

    init(form: WaitingQueueForm, seed: UInt64) throws {
        self.seed = seed
        queue = try form.make(seed: seed)
        terms = .scenario(rate: AdmissionRate(7, per: .seconds(2)), burst: 5, maximumWaiting: 10_000)
    }

    private var now: Timestamp { tenths.withLock { Self.time($0) } }

    private static func time(_ tenths: Int64) -> Timestamp {
        Timestamp.second(95).advanced(by: .milliseconds(tenths * 100))
    }

    func run(_ replay: Comment) async throws {
        try await queue.create(terms, at: .second(0))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in 0..<Self.taskCount {
                group.addTask { try await self.live(task) }
            }
            group.addTask { try await self.watch(replay) }
            try await group.waitForAll()
        }
        try await audit(replay)
    }

    /// The members of one task, each of whom does what it is going to do, again and again.
    private func live(_ task: Int) async throws {
        var generator = SeededGenerator(seed: seed &+ UInt64(task))
        for _ in 0..<Self.roundCount {
            tenths.withLock { $0 += 1 }
            for number in stride(from: task, to: Self.memberCount, by: Self.taskCount) {
                // The same for every task, so that each member has one fate.
                guard let fate = Fate(rawValue: UInt64(number) % 5), generator.next(through: 3) == 0 else { continue }
                do throws(WaitingQueueError) {
                    try await askingAgain { () async throws(WaitingQueueError) in
                        try await act(.numbered(number), fate)
                    }
                } catch {
                    guard error.refusal != nil else { throw error }
                }
            }
        }
    }

    private func act(_ member: MemberKey, _ fate: Fate) async throws(WaitingQueueError) {
        let time = now
        do throws(WaitingQueueError) {
            switch (try await queue.status(of: member, at: time), fate) {
            case (.waiting, .leavesTheLine), (.called, .leavesTheLine), (.called, .leavesAfterTheCall):
                try await queue.leave(member, at: time)
            case (.called, .enters), (.called, .entersAndExits): try await queue.enter(member, at: time)
            case (.inside, .entersAndExits): try await queue.exit(member, at: time)
            default: break
            }
        } catch {
            guard case .refused(.notJoined) = error else { throw error }
            try await queue.join(member, at: time)
        }
    }

    /// Looks again and again whether more were called than there were places.
    private func watch(_ replay: Comment) async throws {
        for _ in 0..<Self.roundCount {
            let figures = try await askingAgain { () async throws(WaitingQueueError) in
                try await queue.advance(to: now)
            }
            let elapsed = terms.opensAt.duration(to: now) / .milliseconds(2_000)
            let places = elapsed < 0 ? 0 : 5 + Int64(elapsed * 7)
            #expect(figures.called <= places + figures.noShows + figures.givenBack, replay)
            await Task.yield()
        }
    }

    /// What the figures say is what became of each member.
    private func audit(_ replay: Comment) async throws {
        let end = now.advanced(by: .seconds(10_000))
        for _ in 0..<100 {
            // Everybody is called and nobody comes any more.
            tenths.withLock { $0 += 200 }
            _ = try await queue.advance(to: now)
        }
        var counts: [String: Int64] = [:]
        for number in 0..<Self.memberCount {
            let status = try await queue.status(of: .numbered(number), at: end)
            let name =
                switch status {
                case .inside, .exited: "entered"
                case .missed: "missed"
                case .left: "left"
                default: "open"
                }
            counts[name, default: 0] += 1
        }
        let figures = try await queue.advance(to: end)
        #expect(figures.joined == Int64(Self.memberCount) && figures.waiting == 0, replay)
        #expect(counts["open"] == nil, replay)
        #expect(figures.noShows == counts["missed", default: 0], replay)
        #expect(figures.called == figures.noShows + figures.givenBack + counts["entered", default: 0], replay)
        let departed = figures.joined - figures.called
        #expect(departed + figures.givenBack == counts["left", default: 0], replay)
        #expect(counts.values.allSatisfy { $0 > 5 }, replay)
    }
}
