import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct InboxTests {
    private let world = World()

    private func inbox(_ consumer: ConsumerName = "mail") -> Inbox {
        Inbox(consumer, store: world.store, identifiers: world.identifiers, wallClock: world.clock.wall)
    }

    private func message(_ number: Int, headers: ContextHeaders = ContextHeaders()) -> Message {
        Message(
            id: MessageID(bits: UInt128(number)),
            topic: "orders",
            key: "a",
            name: "m\(number)",
            payload: [],
            headers: headers,
            time: world.clock.wall.now
        )
    }

    private func handle(_ number: Int, in inbox: Inbox) async throws(InboxError) -> InboxOutcome {
        try await inbox.handle(message(number)) { $0.add(1, to: "effects") }
    }

    private func effects() async throws -> Int64 { try await world.base.counter("effects") }

    @Test func aMessageThatComesTwiceTakesEffectOnce() async throws {
        let first = try await handle(1, in: inbox())
        let second = try await handle(1, in: inbox())
        #expect(first != .duplicate)
        #expect(second == .duplicate)
        #expect(try await effects() == 1)
    }

    @Test func consumersDoNotShareWhatTheyHaveTakenIn() async throws {
        _ = try await handle(1, in: inbox("mail"))
        _ = try await handle(1, in: inbox("audit"))
        #expect(try await effects() == 2)
    }

    @Test func copiesThatArriveTogetherTakeEffectOnce() async throws {
        let handled = try await withThrowingTaskGroup(of: InboxOutcome.self) { group in
            for _ in 1...16 { group.addTask { try await handle(1, in: inbox()) } }
            return try await group.reduce(0) { $0 + ($1 == .duplicate ? 0 : 1) }
        }
        #expect(handled == 1)
        #expect(try await effects() == 1)
    }

    @Test func aCopyThatIsHandledWhileAnotherIsCommittedIsADuplicate() async throws {
        let outcome = try await inbox().handle(message(1)) { transaction in
            _ = try? await handle(1, in: inbox())
            transaction.add(1, to: "effects")
        }
        #expect(outcome == .duplicate)
        #expect(try await effects() == 1)
    }

    @Test(arguments: [CommitFault.loseAnswer, .loseRequest], 1...3)
    func anUnknownOutcomeIsResolvedByThisOrTheNextDelivery(fault: CommitFault, count: Int) async throws {
        world.fail(1...count, with: fault)
        do throws(InboxError) {
            _ = try await handle(1, in: inbox())
        } catch {
            #expect(error.effect == .unknown)
            #expect(error.isOperational)
        }
        _ = try await handle(1, in: inbox())
        #expect(world.store.firedFaults.count == count)
        #expect(try await effects() == 1)
    }

    @Test func aHandlerThatThrowsLeavesNothingBehind() async throws {
        struct Broken: Error {}
        let error = await #expect(throws: InboxError.self) {
            try await inbox().handle(message(1)) { transaction in
                transaction.add(1, to: "effects")
                throw Broken()
            }
        }
        #expect(error?.effect == .notApplied)
        #expect(error?.isOperational == false)
        #expect(try await effects() == 0)
        #expect(try await handle(1, in: inbox()) != .duplicate)
    }

    @Test func aHandlerThatLosesARaceOverItsDocumentIsCalledAgain() async throws {
        let key = DocumentKey("balances", "a")
        let calls = Journal<Int>()
        _ = try await inbox().handle(message(1)) { transaction in
            let stored = try await world.base.document(key)
            if calls.entries.isEmpty {
                var other = Transaction(id: world.identifiers.next(), time: .epoch)
                other.write(DocumentWrite(key, body: [1]))
                _ = try await world.base.commit(other)
            }
            calls.append(1)
            let expected = stored.map { ExpectedRevision.exactly($0.revision) } ?? .absent
            transaction.write(DocumentWrite(key, body: [2], expecting: expected))
        }
        #expect(calls.entries.count == 2)
        #expect(try await world.base.document(key)?.body == [2])
    }

    @Test func theHandlerRunsWithTheHeadersOfTheMessage() async throws {
        let headers = try ContextHeaders(["trace": "4711"])
        _ = try await inbox().handle(message(1, headers: headers)) { _ in
            #expect(ContextHeaders.current["trace"] == "4711")
        }
    }

    @Test func theSweepDeletesIdsWhoseRetentionIsOverAndNoOthers() async throws {
        _ = try await handle(1, in: inbox())
        _ = try await handle(9, in: inbox("audit"))
        world.clock.advance(by: .seconds(24 * 60 * 60))
        _ = try await handle(2, in: inbox())
        world.clock.advance(by: Inbox.defaultRetention - .seconds(24 * 60 * 60))
        #expect(try await inbox().sweep() == 1)
        #expect(try await handle(2, in: inbox()) == .duplicate)
        #expect(try await handle(9, in: inbox("audit")) == .duplicate)
        #expect(try await handle(1, in: inbox()) != .duplicate)
    }

    @Test func theSweepTakesAsManyTransactionsAsItNeeds() async throws {
        for number in 1...(Inbox.sweepBatch + 1) { _ = try await handle(number, in: inbox()) }
        world.clock.advance(by: Inbox.defaultRetention)
        #expect(try await inbox().sweep() == Inbox.sweepBatch + 1)
    }
}
