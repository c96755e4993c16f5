import MarketplaceCore
import MarketplaceSagas
import MarketplaceTestKit

/// A saga with everything that can be drawn: a parallel group, a pause, a wait for a signal, a pivot.
struct CruiseState: SagaState {
    var cabin: String?
    var dinner: String?
    var consent: String?
}

func cruiseDefinition(_ world: TripWorld) -> SagaDefinition<CruiseState> {
    SagaDefinition("cruise", version: 3, state: CruiseState.self) {
        Parallel {
            Step("cabin", into: \.cabin) { _, step in
                try world.call("cabin", step)
                return "C1"
            } undo: { _, _, step in
                try world.call("undo cabin", step)
            }
            Step("dinner", into: \.dinner) { _, step in
                try world.call("dinner", step)
                return "D1"
            } undo: { _, _, step in
                try world.call("undo dinner", step)
            }
        }
        Step("port <A> & \"B\"", undoRetry: .never) { _, step in
            try world.call("port", step)
        } undo: { _, _, step in
            try world.call("undo port", step)
        }
        Pause("cool down", for: .seconds(90))
        AwaitSignal("consent", into: \.consent, within: .seconds(60))
        Pivot("pay") { _, step in try world.call("pay", step) }
        Retriable("mail") { _, step in try world.call("mail", step) }
    }
}

/// A coordinator that runs cruises.
struct CruiseFixture {
    let trip = TripFixture()
    let definition: SagaDefinition<CruiseState>
    let coordinator: SagaCoordinator

    var world: TripWorld { trip.world }
    var clock: ManualClock { trip.clock }

    init() {
        definition = cruiseDefinition(trip.world)
        coordinator = TripFixture.coordinator(over: trip.store, trip.clock, [SagaRegistration(definition)])
    }

    /// Runs a cruise until it ends, is stuck, or waits for consent, and reads its timeline.
    func run(consenting: Bool = true) async throws -> SagaTimeline {
        let handle = try await coordinator.start(definition, CruiseState(), key: "c-1")
        if consenting { try await coordinator.signal("consent", "yes", to: "cruise", key: "c-1") }
        let (coordinator, clock) = (coordinator, clock)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await coordinator.run() }
            group.addTask {
                // The worker always sleeps between two looks. Only when the saga sleeps as well, or whoever waits for
                // a saga that waits, does time pass: so the times of a run do not depend on how fast it is driven.
                while !Task.isCancelled {
                    await clock.waitForSleepers(2)
                    clock.advanceToNextSleeper()
                }
            }
            defer { group.cancelAll() }
            _ = try await handle.outcome()
        }
        return try await timeline()
    }

    func timeline() async throws -> SagaTimeline { try await coordinator.timeline(of: "cruise", key: "c-1") }
}
