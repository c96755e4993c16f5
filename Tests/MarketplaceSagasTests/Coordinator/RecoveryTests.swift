import MarketplaceCore
import MarketplaceInMemory
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct RecoveryTests {
    private let clock = ManualClock()
    private let store = InMemoryStore()
    private let world = TripWorld()

    /// Starts a saga in a process that dies at the commit of that number.
    private func startAndDie(atCommit number: Int, version: Int = 1) async throws {
        let faulty = FaultInjectingStore(store)
        faulty.inject(.crashBefore, atCommit: number)
        let definition = tripDefinition(world, version: version)
        let doomed = TripFixture.coordinator(over: faulty, clock, [SagaRegistration(definition)])
        let handle = try await doomed.start(definition, TripState(traveller: "Ada"), key: "trip")
        await #expect(throws: SagaError.self) { try await handle.outcome() }
    }

    @Test func theStepThatWasUnderWayIsPerformedAgainWithTheSameKey() async throws {
        try await startAndDie(atCommit: 3)
        #expect(world.calls == ["flight", "hotel"])
        let definition = tripDefinition(world)
        let successor = TripFixture.coordinator(over: store, clock, [SagaRegistration(definition)], seed: 2)
        let recovery = try await successor.recover()
        #expect(recovery.resumed.count == 1)
        await successor.drain()
        #expect(world.calls == ["flight", "hotel", "hotel", "pay", "mail"])
        #expect(world.keys(of: "hotel").count == 1)
    }

    @Test func aSagaOfAnUnknownVersionIsReportedAndHoldsUpNobodyElse() async throws {
        try await startAndDie(atCommit: 2, version: 9)
        let definition = tripDefinition(world)
        let successor = TripFixture.coordinator(over: store, clock, [SagaRegistration(definition)], seed: 2)
        let recovery = try await successor.recover()
        let error = SagaError.unknownDefinition(name: "trip", version: 9, registered: [1])
        #expect(Array(recovery.refused.values) == [error])
        let other = try await successor.start(definition, TripState(traveller: "Bob"), key: "other")
        #expect(try await other.outcome().state.payment == "paid")
    }

    @Test func aDefinitionChangedWithoutANewVersionIsRefused() async throws {
        try await startAndDie(atCommit: 2)
        let changed = SagaDefinition("trip", version: 1, state: TripState.self) {
            Retriable("mail", into: \.isMailed) { _, _ in true }
        }
        let successor = TripFixture.coordinator(over: store, clock, [SagaRegistration(changed)], seed: 2)
        let recovery = try await successor.recover()
        let refused = try #require(recovery.refused.first)
        #expect(refused.value == SagaError.changedDefinition(name: "trip", version: 1))
    }

    @Test func aSupersededWorkerIsFencedOffByTheVersionOfTheJournal() async throws {
        try await startAndDie(atCommit: 2)
        let definition = tripDefinition(world)
        let first = TripFixture.coordinator(over: store, clock, [SagaRegistration(definition)], seed: 2)
        let second = TripFixture.coordinator(over: store, clock, [SagaRegistration(definition)], seed: 3)
        async let one = first.recover()
        async let two = second.recover()
        let outcomes = try await (one, two)
        await first.drain()
        await second.drain()
        #expect(outcomes.0.resumed.count + outcomes.1.resumed.count >= 1)
        let witness = TripFixture.coordinator(over: store, clock, [SagaRegistration(definition)], seed: 4)
        let handle = try await witness.start(definition, TripState(traveller: "Ada"), key: "trip")
        #expect(try await handle.outcome().state.isMailed == true)
        #expect(world.keys(of: "pay").count == 1)
    }

    @Test func headersAreBackWhenASagaIsCarriedOn() async throws {
        let faulty = FaultInjectingStore(store)
        faulty.inject(.crashBefore, atCommit: 2)
        let seen = HeaderWitness()
        let definition = SagaDefinition("headers", version: 1, state: TripState.self) {
            Retriable("look", into: \.flight) { _, _ in
                seen.note(ContextHeaders.current[ContextHeaders.correlationName] ?? "none")
                return "seen"
            }
        }
        let doomed = TripFixture.coordinator(over: faulty, clock, [SagaRegistration(definition)])
        var headers = ContextHeaders()
        try headers.set(ContextHeaders.correlationName, to: "c-17")
        let handle = try await ContextHeaders.$current.withValue(headers) {
            try await doomed.start(definition, TripState(traveller: "Ada"), key: "k")
        }
        _ = try? await handle.outcome()
        let successor = TripFixture.coordinator(over: store, clock, [SagaRegistration(definition)], seed: 2)
        _ = try await successor.recover()
        await successor.drain()
        #expect(seen.notes == ["c-17", "c-17"])
    }

    @Test func aDrainingCoordinatorTakesNoNewSagas() async throws {
        let definition = tripDefinition(world)
        let coordinator = TripFixture.coordinator(over: store, clock, [SagaRegistration(definition)])
        await coordinator.drain()
        await #expect(throws: SagaError.draining) {
            try await coordinator.start(definition, TripState(traveller: "Ada"), key: "k")
        }
    }
}
