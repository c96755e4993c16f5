import MarketplaceCore
import MarketplaceInMemory
import MarketplaceSagas
import MarketplaceTestKit
import Testing

/// A signal's payload is in the state from the moment the signal is taken, in whatever process that happens.
struct SignalPayloadTests {
    private let fixture = TripFixture()
    private let seen = HeaderWitness()

    private var definition: SagaDefinition<TripState> {
        let seen = seen
        return SagaDefinition("consent", version: 1, state: TripState.self) {
            AwaitSignal("consent", into: \.hotel)
            Pivot("pay") { state, _ in seen.note(state.hotel ?? "nothing") }
            Retriable("mail", into: \.isMailed, when: { $0.hotel == "yes" }) { _, _ in true }
            Retriable("thank", when: { $0.hotel == nil }) { _, _ in seen.note("thanked for nothing") }
        }
    }

    private func run(signalFirst: Bool) async throws -> TripState {
        let coordinator = TripFixture.coordinator(over: fixture.store, fixture.clock, [SagaRegistration(definition)])
        let handle = try await coordinator.start(definition, TripState(traveller: "Ada"), key: "c")
        if !signalFirst {
            while try await coordinator.find("consent", key: "c")?.status != .waiting { await Task.yield() }
        }
        try await coordinator.signal("consent", "yes", to: "consent", key: "c")
        return try await fixture.clock.advancing { try await handle.outcome().state }
    }

    @Test(arguments: [true, false])
    func theStepsAfterItAndTheirConditionsSeeIt(signalFirst: Bool) async throws {
        let state = try await run(signalFirst: signalFirst)
        #expect(seen.notes == ["yes"])
        #expect(state.hotel == "yes")
        #expect(state.isMailed == true)
    }
}
