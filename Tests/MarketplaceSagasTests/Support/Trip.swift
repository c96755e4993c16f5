import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceSagas
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization

/// A saga to test with: a flight and a hotel that can be undone, a pivot, and a mail that is retried.
struct TripState: SagaState, Equatable {
    var traveller: String
    var flight: String?
    var hotel: String?
    var payment: String?
    var isMailed: Bool?
}

/// What happens when a step of the trip is called: a script of errors, used up call by call.
final class TripWorld: Sendable {
    struct State {
        var calls: [String] = []
        var keys: [String: Set<String>] = [:]
        var scripts: [String: [any Error]] = [:]
        var refusedAlways: Set<String> = []
    }

    let state = Mutex(State())

    /// Everything that was called, in order.
    var calls: [String] { state.withLock { $0.calls } }

    /// The keys each call was made with.
    func keys(of call: String) -> Set<String> { state.withLock { $0.keys[call] ?? [] } }

    /// Lets the next calls of that name fail.
    func script(_ call: String, _ errors: any Error...) {
        state.withLock { $0.scripts[call, default: []] += errors }
    }

    /// Lets all calls of that name be refused.
    func refuseAlways(_ call: String) {
        state.withLock { _ = $0.refusedAlways.insert(call) }
    }

    func call(_ name: String, _ step: StepContext) throws {
        let error: (any Error)? = state.withLock { state in
            state.calls.append(name)
            state.keys[name, default: []].insert(step.idempotencyKey.text)
            if state.refusedAlways.contains(name) { return Refused("no \(name)") }
            guard let errors = state.scripts[name], !errors.isEmpty else { return nil }
            return state.scripts[name]?.removeFirst()
        }
        if let error { throw error }
    }
}

/// An error that says nothing about its effect.
struct Timeout: Error {}

func tripDefinition(_ world: TripWorld, version: Int = 1) -> SagaDefinition<TripState> {
    SagaDefinition("trip", version: version, state: TripState.self) {
        Step("flight", into: \.flight) { _, step in
            try world.call("flight", step)
            return "LH1"
        } undo: { _, effect, step in
            try world.call(if: effect, "undo flight", step)
        }
        Step("hotel", into: \.hotel, onUnknown: .probe(probe(world, "probe hotel", "Ritz"))) { _, step in
            try world.call("hotel", step)
            return "Ritz"
        } undo: { _, effect, step in
            try world.call(if: effect, "undo hotel", step)
        }
        Pivot("pay", into: \.payment, probe: probe(world, "probe pay", "paid")) { _, step in
            try world.call("pay", step)
            return "paid"
        }
        Retriable("mail", into: \.isMailed, when: { $0.traveller != "nobody" }) { _, step in
            try world.call("mail", step)
            return true
        }
    }
}

/// A probe whose script says what it finds out: nothing scripted means that it happened.
private func probe(
    _ world: TripWorld,
    _ name: String,
    _ output: String
) -> @Sendable (TripState, StepContext) async throws -> ProbeAnswer<String> {
    { _, step in
        do {
            try world.call(name, step)
            return .done(output)
        } catch let error as NotApplied where error.reason == "not done" {
            return .notDone
        }
    }
}

extension TripWorld {
    func call<Output>(if effect: StepEffect<Output>, _ name: String, _ step: StepContext) throws {
        switch effect {
        case .done: try call(name, step)
        case .unknown: try call("\(name)?", step)
        }
    }
}

/// A coordinator over a store of its own, with a clock that a test moves.
struct TripFixture {
    let world = TripWorld()
    let clock = ManualClock()
    let store: any Store
    let definition: SagaDefinition<TripState>
    let coordinator: SagaCoordinator

    init(store: (any Store)? = nil, version: Int = 1) {
        self.store = store ?? InMemoryStore(wallClock: clock.wall, clock: clock)
        definition = tripDefinition(world, version: version)
        coordinator = Self.coordinator(over: self.store, clock, [SagaRegistration(definition)])
    }

    static func coordinator(
        over store: any Store,
        _ clock: ManualClock,
        _ definitions: [SagaRegistration],
        seed: UInt64 = 1
    ) -> SagaCoordinator {
        SagaCoordinator(
            store: store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: seed),
            definitions: definitions,
            configuration: SagaConfiguration(worker: "worker"),
            randomness: SeededRandomSource(seed: seed),
            wallClock: clock.wall,
            clock: clock
        )
    }

    func run(_ traveller: String = "Ada") async throws -> SagaOutcome<TripState> {
        let handle = try await coordinator.start(definition, TripState(traveller: traveller), key: "trip-1")
        return try await clock.advancing { try await handle.outcome() }
    }
}
