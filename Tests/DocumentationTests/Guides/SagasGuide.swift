import Marketplace
import Synchronization
import Testing

// guide: Sagas
/// The input, and one optional property for each output.
struct TripState: SagaState {
    let traveller: String
    var seat: String?
    var room: String?
    var charge: String?
}

/// What the trip calls.
///
/// A repeated key changes nothing; what was cancelled for a trip can no longer be booked for it.
protocol TravelAgency: Sendable {
    func book(_ what: String, for trip: SagaID, key: IdempotencyKey) async throws -> String
    func cancel(_ what: String, for trip: SagaID, key: IdempotencyKey) async throws
    func find(_ key: IdempotencyKey) async throws -> String?
}

func tripDefinition(_ agency: some TravelAgency) -> SagaDefinition<TripState> {
    SagaDefinition("trip", version: 1, state: TripState.self) {
        Step("book seat", into: \.seat) { _, step in
            try await agency.book("seat", for: step.saga, key: step.idempotencyKey)
        } undo: { _, _, step in
            try await agency.cancel("seat", for: step.saga, key: step.idempotencyKey)
        }
        Step("book room", into: \.room, timeout: .seconds(10), onUnknown: .retry) { _, step in
            try await agency.book("room", for: step.saga, key: step.idempotencyKey)
        } undo: { _, effect, step in
            if case .done(let room) = effect { print("giving \(room) back") }
            try await agency.cancel("room", for: step.saga, key: step.idempotencyKey)
        }
        Pivot(
            "charge",
            into: \.charge,
            probe: { _, step in try await agency.find(step.idempotencyKey).map(ProbeAnswer.done) ?? .notDone }
        ) { _, step in
            try await agency.book("charge", for: step.saga, key: step.idempotencyKey)
        }
        Retriable("send ticket", when: { $0.traveller != "nobody" }) { _, step in
            _ = try await agency.book("ticket", for: step.saga, key: step.idempotencyKey)
        }
    }
}
// end of guide

/// An agency that refuses what it is told to refuse.
private final class ScriptedAgency: TravelAgency {
    let refused: String?
    let calls = Mutex<[String]>([])

    init(refusing refused: String? = nil) {
        self.refused = refused
    }

    func book(_ what: String, for trip: SagaID, key: IdempotencyKey) async throws -> String {
        calls.withLock { $0.append(what) }
        if what == refused { throw Refused("no \(what)") }
        return what
    }

    func cancel(_ what: String, for trip: SagaID, key: IdempotencyKey) async throws {
        calls.withLock { $0.append("cancel \(what)") }
    }

    func find(_ key: IdempotencyKey) async throws -> String? { nil }
}

struct SagasGuide {
    private func run(_ agency: ScriptedAgency) async throws -> SagaOutcome<TripState> {
        // guide: Sagas
        let store = InMemoryStore()
        let identifiers = TimeOrderedIdentifiers(clock: .system)
        let trip = tripDefinition(agency)
        let sagas = SagaCoordinator(
            store: store,
            codec: .json,
            identifiers: identifiers,
            definitions: [SagaRegistration(trip)]
        )
        let recovery = try await sagas.recover()  // carries on what an earlier process left
        let handle = try await sagas.start(trip, TripState(traveller: "member-17"), key: "trip-4711")
        let outcome = try await handle.outcome()
        switch outcome {
        case .completed(let state): print("charged: \(state.charge ?? "")")
        case .aborted(_, let abort): print("undone, because of \(abort)")
        case .stuck(_, let stuck): print("an operator must decide: \(stuck)")
        }
        await sagas.drain()  // at shutdown: takes no more, waits for those on their way
        // end of guide
        #expect(recovery.resumed.isEmpty)
        return outcome
    }

    @Test func aTripThatSucceedsIsCharged() async throws {
        let agency = ScriptedAgency()
        guard case .completed(let state) = try await run(agency) else {
            Issue.record("not completed")
            return
        }
        #expect(state.charge == "charge")
        #expect(agency.calls.withLock { $0 } == ["seat", "room", "charge", "ticket"])
    }

    @Test func aTripWhosePivotIsRefusedIsUndoneInReverseOrder() async throws {
        let agency = ScriptedAgency(refusing: "charge")
        guard case .aborted = try await run(agency) else {
            Issue.record("not aborted")
            return
        }
        #expect(agency.calls.withLock { $0 } == ["seat", "room", "charge", "cancel room", "cancel seat"])
    }
}
