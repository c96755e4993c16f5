import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct OutboxRelayTests {
    private let world = World()
    private let bus = RecordingBus()
    private let streams = [StreamID("order", "a"), StreamID("order", "b"), StreamID("cart", "c")]

    private func relay(
        on bus: (any MessageBus)? = nil,
        topics: TopicMapping = .category,
        batchSize: Int = 4
    ) -> OutboxRelay {
        OutboxRelay(
            "main",
            store: world.store,
            bus: bus ?? self.bus,
            topics: topics,
            signal: world.base,
            identifiers: world.identifiers,
            wallClock: world.clock.wall,
            clock: world.clock,
            reading: FeedReading(batchSize: batchSize)
        )
    }

    /// The messages without those that came before.
    private func firstOccurrences() -> [Message] {
        var seen: Set<MessageID> = []
        return bus.published.filter { seen.insert($0.id).inserted }
    }

    private func names(_ range: ClosedRange<Int>) -> [String] { range.map { "e\($0)" } }

    @Test func everyEventIsPublishedOnceInFeedOrder() async throws {
        try await world.record(1...10, in: streams)
        #expect(try await relay().catchUp() == 10)
        #expect(bus.published.map(\.name) == names(1...10))
        #expect(try await relay().catchUp() == 0)
    }

    @Test func aMessageCarriesTheIdKeyAndCategoryOfItsEvent() async throws {
        try await world.record(1...1, in: streams)
        try await relay().catchUp()
        let event = try #require(try await world.base.events(in: streams[1], from: .first, limit: 1).first)
        let message = try #require(bus.published.first)
        #expect(message.id.bits == event.id.bits)
        #expect(message.key == "order/b")
        #expect(message.topic == "order")
        #expect(message.payload == event.payload)
        #expect(message.time == event.time)
    }

    @Test func theTopicMappingDecidesWhatIsPublished() async throws {
        try await world.record(1...9, in: streams)
        let topics = TopicMapping(.categories(["order"])) { event in event.name == "e1" ? nil : "shop" }
        try await relay(topics: topics).catchUp()
        #expect(bus.published.map(\.name) == ["e3", "e4", "e6", "e7", "e9"])
        #expect(Set(bus.published.map(\.topic)) == ["shop"])
        #expect(try await relay(topics: topics).lag().isCaughtUp)
    }

    @Test(arguments: [CommitFault.loseAnswer, .loseRequest, .unavailable], 1...3)
    func aCrashBetweenPublishingAndTheCheckpointRepeatsButNeverReorders(
        fault: CommitFault,
        commit: Int
    ) async throws {
        try await world.record(1...10, in: streams)
        // As many faults as there are attempts (only an unknown outcome has several): it ends as in a crash.
        world.fail(commit..<(commit + (fault == .unavailable ? 1 : 3)), with: fault)
        let error = await #expect(throws: OutboxRelayError.self) { try await relay().catchUp() }
        #expect(error?.isRetriable == true)
        try await relay().catchUp()
        #expect(firstOccurrences().map(\.name) == names(1...10))
        #expect(bus.published.count > 10 || fault == .loseAnswer)
    }

    @Test func anOutcomeThatIsUnknownOnceRepeatsNothing() async throws {
        try await world.record(1...10, in: streams)
        world.fail([1], with: .loseAnswer)
        #expect(try await relay().catchUp() == 10)
        #expect(world.store.firedFaults.count == 1)
        #expect(bus.published.map(\.name) == names(1...10))
    }

    @Test func aBusThatFailsIsAskedAgainForTheWholeBatch() async throws {
        try await world.record(1...3, in: streams)
        bus.fail([MessageBusError(.timedOut, "")], afterPublishing: true)
        let error = await #expect(throws: OutboxRelayError.self) { try await relay().catchUp() }
        #expect(error?.effect == .unknown)
        try await relay().catchUp()
        #expect(bus.published.map(\.name) == names(1...3) + names(1...3))
    }

    @Test func twoRelaysOfOneNameRepeatButNeverReorder() async throws {
        try await world.record(1...4, in: streams)
        let other = relay(batchSize: 3)
        bus.afterNextPublication { [world, streams] in
            _ = try? await other.catchUp()
            try? await world.record(5...10, in: streams)
        }
        try await relay().catchUp()
        #expect(firstOccurrences().map(\.name) == names(1...10))
        #expect(bus.published.count == 14)
    }

    @Test func runningPublishesWhatComesUntilItIsDrained() async throws {
        let relay = relay()
        let run = Task { try await relay.run() }
        await world.clock.waitForSleepers()
        try await world.record(1...3, in: streams)
        while bus.published.count < 3 { await Task.yield() }
        await relay.drain()
        try await run.value
        #expect(bus.published.map(\.name) == names(1...3))
    }

    @Test func aRunWaitsOutABusThatIsFullAndStopsAtOneThatRefuses() async throws {
        try await world.record(1...3, in: streams)
        bus.fail([MessageBusError(.full, ""), MessageBusError(.invalid, "too large")])
        let relay = relay()
        let run = Task { try await relay.run() }
        await world.clock.waitForSleepers()
        world.clock.advanceToNextSleeper()
        let error = await #expect(throws: OutboxRelayError.self) { try await run.value }
        #expect(error?.effect == .refused)
        #expect(bus.published.isEmpty)
    }

    @Test func theLagCountsWhatIsNotPublishedYet() async throws {
        try await world.record(1...3, in: streams)
        #expect(try await relay().lag().pendingEvents == 3)
        try await relay().catchUp()
        #expect(try await relay().lag().isCaughtUp)
    }

    @Test func aStreamWhoseNameIsTooLongForAKeyStillKeepsItsOrder() throws {
        let long = String(repeating: "x", count: 512)
        let stream = StreamID(try StreamCategory(long), try TextKey(long))
        #expect(MessageKey(orderOf: stream) == MessageKey(orderOf: stream))
        #expect(MessageKey(orderOf: stream) != MessageKey(orderOf: StreamID(try StreamCategory(long), "y")))
    }
}
