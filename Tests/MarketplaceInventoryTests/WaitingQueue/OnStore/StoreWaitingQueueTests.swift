import MarketplaceCore
import MarketplaceInMemory
import MarketplaceInventory
import MarketplaceJSON
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing

/// What only the form on a store has.
struct StoreWaitingQueueTests {
    private static func queue(on store: any Store) throws -> StoreWaitingQueue {
        try StoreWaitingQueue("drop", store: store, codec: .json)
    }

    private static func refusal(
        _ call: () async throws(WaitingQueueError) -> Void
    ) async throws -> WaitingQueueRefusal? {
        try await waitingRefusal(call)
    }

    /// A store whose next commit lets somebody else go first.
    private static func store(
        over base: InMemoryStore,
        first: @escaping @Sendable (StoreWaitingQueue) async throws -> Void
    ) throws -> FaultInjectingStore {
        let other = try queue(on: base)
        let isOver = Mutex(false)
        return FaultInjectingStore(
            base,
            beforeCommit: { _ in
                let isFirst = isOver.withLock { isOver in
                    defer { isOver = true }
                    return !isOver
                }
                guard isFirst else { return }
                do { try await first(other) } catch { Issue.record(error) }
            }
        )
    }

    private static func created(_ terms: WaitingQueueTerms, members: ClosedRange<Int>) async throws -> InMemoryStore {
        let base = InMemoryStore()
        let queue = try queue(on: base)
        try await queue.create(terms, at: .second(0))
        try await queue.join(members)
        return base
    }

    private static func documentCount(_ store: InMemoryStore) async throws -> Int {
        var count = 0
        for collection: DocumentCollection in ["waiting-tickets", "waiting-gone", "waiting-queues"] {
            count += try await store.documents(matching: .all(of: collection, limit: 10_000)).documents.count
        }
        return count
    }

    // MARK: Lost answers

    @Test(arguments: [CommitFault.crashAfter, .crashBefore])
    func aTicketThatWasNotToldItsNumberIsToldItByTheNextCall(fault: CommitFault) async throws {
        let base = try await Self.created(.scenario(), members: 1...4)
        let dying = FaultInjectingStore(base)
        // The number is taken by the first commit of a join and written down by the second.
        dying.inject(fault, atCommit: fault == .crashAfter ? 1 : 2)
        await #expect(throws: WaitingQueueError.self) {
            try await Self.queue(on: dying).join("ann", at: .second(5))
        }
        let queue = try Self.queue(on: base)
        try await queue.join("bob", at: .second(6))
        #expect(try await queue.status(of: "ann", at: .second(7)) == .waiting(before: 4, estimatedCall: .second(105)))
        let ticket = try await queue.join("ann", at: .second(8))
        #expect(ticket == WaitingTicket(member: "ann", number: 5, joinedAt: .second(5)))
        #expect(try await queue.join("bob", at: .second(8)).number == 6)
        #expect(try await queue.advance(to: .second(9)).joined == 6)
    }

    @Test func aNumberThatNobodyCanTellAnyMoreIsANoShow() async throws {
        let clock = ManualClock(start: .second(0))
        let base = InMemoryStore(wallClock: clock.wall, receiptRetention: .seconds(60))
        let terms = WaitingQueueTerms.scenario(rate: AdmissionRate(1, per: .seconds(1_000)), burst: 1)
        try await Self.queue(on: base).create(terms, at: .second(0))
        let dying = FaultInjectingStore(base)
        dying.inject(.crashBefore, atCommit: 2)
        await #expect(throws: WaitingQueueError.self) {
            try await Self.queue(on: dying).join("ann", at: .second(1))
        }
        clock.advance(by: .seconds(61))
        let queue = try Self.queue(on: base)
        let unknown = try await Self.refusal { () async throws(WaitingQueueError) in
            _ = try await queue.status(of: "ann", at: .second(61))
        }
        #expect(unknown == .notJoined("ann"))
        #expect(try await queue.join("ann", at: .second(62)).number == 2)
        #expect(try await queue.advance(to: .second(100)).called == 1)
        #expect(try await queue.status(of: "ann", at: .second(110)) == .called(until: .second(120)))
        #expect(try await queue.advance(to: .second(110)).noShows == 1)
    }

    @Test func unknownOutcomesAreResolvedByCommittingAgain() async throws {
        let store = FaultInjectingStore.uncertain(oneIn: 2, seed: 7)
        let queue = try Self.queue(on: store)
        let terms = WaitingQueueTerms.scenario(rate: .perSecond(100), maximumInside: 10)
        try await queue.create(terms, at: .second(0))
        for number in 1...50 {
            #expect(try await queue.join(.numbered(number), at: .second(1)).number == Int64(number))
        }
        for number in 1...50 {
            try await queue.enter(.numbered(number), at: .second(101 + Int64(number)))
            try await queue.exit(.numbered(number), at: .second(101 + Int64(number)))
        }
        let figures = try await queue.advance(to: .second(200))
        #expect(figures.called == 50 && figures.placesTaken == 0 && figures.noShows == 0)
        #expect(store.firedFaults.values.count { $0 == .loseAnswer } > 10)
        #expect(store.firedFaults.values.count { $0 == .loseRequest } > 10)
    }

    @Test func anOutcomeThatStaysUnknownIsReportedAsThat() async throws {
        let base = try await Self.created(.scenario(), members: 1...1)
        let unreachable = FaultInjectingStore(base) { _, _ in .loseRequest }
        let error = await #expect(throws: WaitingQueueError.self) {
            try await Self.queue(on: unreachable).join("ann", at: .second(1))
        }
        #expect(error?.effect == .unknown && error?.isRetriable == true)
        #expect(try await Self.queue(on: base).advance(to: .second(2)).joined == 1)
    }

    // MARK: Races

    /// In the window of a call at second 101, and too early for the line to move again: so there is one commit only.
    private static let soonAfterTheCall = Timestamp.second(101).advanced(by: .milliseconds(50))

    @Test func whoEntersAfterTheNoShowsWereCountedHasMissed() async throws {
        let base = try await Self.created(.scenario(), members: 1...1)
        #expect(try await Self.queue(on: base).advance(to: .second(101)).called == 1)
        let store = try Self.store(over: base) { other in try await other.advance(to: .second(200)) }
        let queue = try Self.queue(on: store)
        let late = try await Self.refusal { () async throws(WaitingQueueError) in
            try await queue.enter(.numbered(1), at: Self.soonAfterTheCall)
        }
        #expect(late == .missed(number: 1))
        #expect(try await queue.advance(to: .second(201)).noShows == 1)
        #expect(try await !queue.isAdmitted(.numbered(1), at: .second(201)))
    }

    @Test func whoEntersWhileNoShowsAreCountedIsNone() async throws {
        let base = try await Self.created(.scenario(), members: 1...1)
        #expect(try await Self.queue(on: base).advance(to: .second(101)).called == 1)
        let store = try Self.store(over: base) { other in try await other.enter(.numbered(1), at: Self.soonAfterTheCall)
        }
        let figures = try await Self.queue(on: store).advance(to: .second(200))
        #expect(figures.noShows == 0 && figures.placesTaken == 1)
    }

    @Test func whoLeavesWhileBeingCalledGivesThePlaceBack() async throws {
        let base = try await Self.created(.scenario(), members: 1...3)
        let store = try Self.store(over: base) { other in try await other.advance(to: .second(101)) }
        let queue = try Self.queue(on: store)
        try await queue.leave(.numbered(1), at: .second(99))
        let figures = try await queue.advance(to: .second(112))
        #expect(figures.givenBack == 1 && figures.noShows == 0 && figures.called == 3 && figures.waiting == 0)
    }

    @Test func whoLeavesWhileTheLineMovesIsPassedOver() async throws {
        let base = try await Self.created(.scenario(), members: 1...3)
        let store = try Self.store(over: base) { other in try await other.leave(.numbered(1), at: .second(99)) }
        let queue = try Self.queue(on: store)
        #expect(try await queue.advance(to: .second(101)).called == 1)
        #expect(try await queue.status(2, at: 101) == .called(until: .second(111)))
        #expect(try await queue.status(1, at: 101) == .left)
    }

    @Test func whoJoinsWhileTheQueueIsClosedIsRefused() async throws {
        let base = try await Self.created(.scenario(), members: 1...3)
        let store = try Self.store(over: base) { other in try await other.close(to: .newcomers, at: .second(5)) }
        let queue = try Self.queue(on: store)
        let refused = try await Self.refusal { () async throws(WaitingQueueError) in
            try await queue.join("ann", at: .second(4))
        }
        #expect(refused == .closed(at: .second(5)))
        #expect(try await queue.advance(to: .second(6)).joined == 3)
    }

    @Test func theLineMovesOnceWhenTwoProcessesMoveIt() async throws {
        let base = try await Self.created(.scenario(burst: 2), members: 1...10)
        let store = try Self.store(over: base) { other in try await other.advance(to: .second(101)) }
        let figures = try await Self.queue(on: store).advance(to: .second(101))
        #expect(figures.called == 3)
        #expect(try await Self.queue(on: base).called(of: 1...10, at: 101) == [1, 2, 3])
    }

    // MARK: What is stored

    @Test func queuesAndMembersOfSimilarNamesAreKeptApart() async throws {
        let store = InMemoryStore()
        let queues = try ["a", "a/b"].map { try StoreWaitingQueue($0, store: store, codec: .json) }
        for queue in queues { try await queue.create(.scenario(), at: .second(0)) }
        #expect(try await queues[0].join("b/c", at: .second(1)).number == 1)
        #expect(try await queues[1].join("c", at: .second(1)).number == 1)
        #expect(try await queues[0].join("c", at: .second(1)).number == 2)
    }

    @Test func aKeyThatIsTooLongIsRefused() throws {
        let long = try WaitingQueueKey(validating: String(repeating: "q", count: 201))
        #expect(throws: WaitingQueueError.refused(.keyTooLong(byteCount: 201, maximum: 200))) {
            try StoreWaitingQueue(long, store: InMemoryStore(), codec: .json)
        }
    }

    @Test func whatIsNeverOverIsForgottenOnceTheLineHasPassedIt() async throws {
        let base = try await Self.created(.scenario(), members: 1...5)
        let queue = try Self.queue(on: base)
        try await queue.leave(.numbered(1), at: .second(2))
        try await queue.leave(.numbered(5), at: .second(2))
        let gone = DocumentQuery.all(of: "waiting-gone", limit: 10)
        #expect(try await base.documents(matching: gone).documents.count == 2)
        try await queue.advance(to: .second(102))
        #expect(try await base.documents(matching: gone).documents.map(\.key.id.text) == ["4/drop/5"])
    }

    @Test func anErasedQueueLeavesNothingAndItsNeighbourAlone() async throws {
        let base = InMemoryStore()
        let neighbours = try ["drop", "drop/2", "drops"].map { try StoreWaitingQueue($0, store: base, codec: .json) }
        for queue in neighbours {
            try await queue.create(.scenario(), at: .second(0))
            try await queue.join(1...1_200)
            try await queue.leave(.numbered(7), at: .second(2))
            try await queue.leave(.numbered(1_199), at: .second(2))
            try await queue.enter(.numbered(1), at: .second(101))
        }
        let queue = neighbours[0]
        #expect(
            try await Self.refusal { () async throws(WaitingQueueError) in try await queue.erase(at: .second(102)) }
                == .notClosed
        )
        try await queue.close(to: .everybody, at: .second(103))
        let before = try await Self.documentCount(base)
        try await queue.erase(at: .second(104))
        try await queue.erase(at: .second(105))
        #expect(try await Self.documentCount(base) == before - 1_200 - 2 - 1)
        for neighbour in neighbours.dropFirst() {
            #expect(try await neighbour.join(.numbered(1_199), at: .second(106)).number == 1_201)
        }
        let gone = try await Self.refusal { () async throws(WaitingQueueError) in
            _ = try await queue.status(1, at: 106)
        }
        #expect(gone == .unknownQueue)
        let names = ["joined", "departed", "given-back", "exited", "answers/1", "answers/2", "changes/0", "changes/1"]
        let keys = try names.map { try CounterKey(validating: "waiting/4/drop/\($0)") }
        #expect(try await base.counters(keys).values.allSatisfy { $0 == 0 })
    }

    @Test func aQueueOfAKeyThatWasErasedBeginsAnewWithinOneMoment() async throws {
        let base = InMemoryStore()
        for _ in 1...3 {
            let queue = try Self.queue(on: base)
            try await queue.create(.scenario(), at: .second(0))
            #expect(try await queue.join("ann", at: .second(0)).number == 1)
            #expect(try await queue.join("bob", at: .second(0)).number == 2)
            try await queue.close(to: .everybody, at: .second(0))
            try await queue.erase(at: .second(0))
            #expect(try await Self.documentCount(base) == 0)
        }
    }

    @Test func anErasureThatIsOvertakenDeletesNothingOfTheQueueThatBeganAnew() async throws {
        let base = try await Self.created(.scenario(), members: 1...5)
        try await Self.queue(on: base).close(to: .everybody, at: .second(1))
        let store = try Self.store(over: base) { other in
            try await other.erase(at: .second(2))
            try await other.create(.scenario(), at: .second(2))
            try await other.join("ann", at: .second(2))
        }
        let overtaken = try Self.queue(on: store)
        let refusal = try await Self.refusal { () async throws(WaitingQueueError) in
            try await overtaken.erase(at: .second(2))
        }
        #expect(refusal == .notClosed)
        let queue = try Self.queue(on: base)
        #expect(try await queue.status(of: "ann", at: .second(3)) == .waiting(before: 0, estimatedCall: .second(101)))
        #expect(try await queue.join("bob", at: .second(3)).number == 2)
    }

    @Test(arguments: ["called", "calledThrough", "lapsed", "noShows"])
    func aFrontThatIsDamagedIsReportedAndTrapsNothing(field: String) async throws {
        let base = try await Self.created(.scenario(), members: 1...5)
        let queue = try Self.queue(on: base)
        try await queue.advance(to: .second(102))
        let key = DocumentKey("waiting-queues", "drop")
        let text = String(decoding: try #require(try await base.document(key)).body, as: UTF8.self)
        for value in [Int64.max, .min, -1] {
            let damaged = text.replacing("\"\(field)\":", with: "\"\(field)\":\(value),\"x\":")
            #expect(damaged != text)
            var transaction = Transaction(id: TransactionID(bits: UInt128(UInt64(bitPattern: value))), time: .second(1))
            transaction.write(DocumentWrite(key, body: Array(damaged.utf8)))
            _ = try await base.commit(transaction)
            let error = await #expect(throws: WaitingQueueError.self) { try await queue.advance(to: .second(110)) }
            #expect(error?.isRetriable == false)
        }
    }
}
