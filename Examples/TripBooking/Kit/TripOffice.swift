package import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
package import MarketplaceSagas
package import MarketplaceStorage

/// Books one trip in one scenario, with a store, scripted suppliers, and as many workers as it takes.
package struct TripOffice: Sendable {
    /// The business key of the trip.
    package static let key: SagaKey = "trip-2026-17"
    /// How often a worker looks around, and how long it may be silent before another takes over.
    package static let pollInterval = Duration.milliseconds(50)
    /// How long a worker may be silent before another takes its trips over: short, so that the wait is not long.
    package static let lease = Duration.milliseconds(300)
    /// How long a supplier takes to answer.
    package static let answerTime = Duration.milliseconds(20)

    private let scenario: TripScenario
    private let decision: OperatorDecision
    private let suppliers: Suppliers
    private let definition: SagaDefinition<TripState>
    private let store: any Store
    private let wallClock: any WallClock
    private let clock: any Clock<Duration>

    /// An office for one trip.
    ///
    /// - Parameters:
    ///   - scenario: What is to happen.
    ///   - decision: What the operator does if the trip gets stuck.
    ///   - store: Where the trip is journalled; in memory unless given.
    ///   - wallClock: The time that is recorded.
    ///   - clock: Measures pauses and leases.
    package init(
        _ scenario: TripScenario,
        decision: OperatorDecision = .retry,
        store: (any Store)? = nil,
        wallClock: any WallClock,
        clock: any Clock<Duration>
    ) {
        self.scenario = scenario
        self.decision = decision
        self.wallClock = wallClock
        self.clock = clock
        suppliers = Suppliers(scenario.troubles, clock: clock, answerTime: Self.answerTime)
        definition = TripDefinition.make(suppliers)
        self.store = store ?? InMemoryStore(wallClock: wallClock, clock: clock)
    }

    /// Whether the store has the trip already: its suppliers have died with the process that booked it.
    package var isBookedBefore: Bool {
        get async throws {
            try await coordinator("ada", over: store).find(TripDefinition.name, key: Self.key) != nil
        }
    }

    /// Books the trip and tells what came of it.
    package func run() async throws -> TripReport {
        let suppliers = suppliers
        let mortal = MortalStore(store: store) { suppliers.isCallerDead }
        let first = coordinator("ada", over: mortal)
        let second = coordinator("grace", over: store)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await first.run() }
            group.addTask { try await second.run() }
            defer { group.cancelAll() }
            let trip = TripState(destination: "Jeju")
            _ = try await first.start(definition, trip, key: Self.key)
            // The same key and input lead whoever asks to the same trip, whichever worker drives it.
            let handle = try await second.start(definition, trip, key: Self.key)
            try await agreeToPrice(second)
            var outcome = try await handle.outcome()
            if case .stuck = outcome, try await decide(second, handle.id) { outcome = try await handle.outcome() }
            return try await report(outcome, second)
        }
    }

    private func coordinator(_ worker: String, over store: any Store) -> SagaCoordinator {
        SagaCoordinator(
            store: store,
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: wallClock),
            definitions: [SagaRegistration(definition)],
            configuration: SagaConfiguration(worker: worker, lease: Self.lease, pollInterval: Self.pollInterval),
            wallClock: wallClock,
            clock: clock
        )
    }

    /// Waits until the traveller is asked about the price, if ever, and agrees.
    private func agreeToPrice(_ sagas: SagaCoordinator) async throws {
        while let trip = try await sagas.find(TripDefinition.name, key: Self.key) {
            switch trip.status {
            case .running: try await clock.sleep(for: Self.pollInterval)
            case .waiting:
                return try await sagas.signal(
                    TripDefinition.approval,
                    "the traveller",
                    to: TripDefinition.name,
                    key: Self.key
                )
            case .completed, .aborted, .stuck: return
            }
        }
    }

    /// Does what the operator is to do; false when that is nothing.
    private func decide(_ sagas: SagaCoordinator, _ trip: SagaID) async throws -> Bool {
        let operation: SagaOperation
        switch decision {
        case .nothing: return false
        case .retry:
            suppliers.calmDown(.hotel)
            operation = SagaOperation(.retry, by: "kim", because: "the hotel's desk is open again")
        case .markCompensated:
            suppliers.calmDown(.hotel)
            try await suppliers.cancel(.hotel, for: trip)
            operation = SagaOperation(.markCompensated, by: "kim", because: "cancelled on the telephone")
        }
        try await sagas.operate(operation, on: TripDefinition.name, key: Self.key)
        return true
    }

    private func report(_ outcome: SagaOutcome<TripState>, _ sagas: SagaCoordinator) async throws -> TripReport {
        let ending: TripEnding =
            switch outcome {
            case .completed: .booked
            case .aborted: .undone
            case .stuck: .stuck
            }
        return TripReport(
            ending: ending,
            state: outcome.state,
            timeline: try await sagas.timeline(of: TripDefinition.name, key: Self.key),
            calls: suppliers.calls,
            bookedWith: Set(suppliers.bookings.keys),
            sagas: try await sagas.list(SagaQuery(order: .stalestFirst)).sagas,
            definition: definition.mermaid
        )
    }
}

extension TripScenario {
    /// What goes wrong, and where.
    fileprivate var troubles: [Supplier: SupplierTrouble] {
        switch self {
        case .success: [:]
        case .refusal: [.hotel: .soldOut]
        case .unknown: [.airline: .answerLost]
        case .stuck: [.cars: .soldOut, .hotel: .cannotCancel]
        case .takeover: [.cars: .callerDies]
        }
    }
}
