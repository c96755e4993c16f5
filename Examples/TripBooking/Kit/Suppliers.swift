import MarketplaceCore
package import MarketplaceSagas
import Synchronization

/// All suppliers, scripted: each sells one thing per trip, knows a repeated request, and refuses a request that comes
/// after its cancellation.
package final class Suppliers: Sendable {
    private struct State {
        var troubles: [Supplier: SupplierTrouble] = [:]
        var bookings: [Supplier: [SagaID: String]] = [:]
        var cancelled: [Supplier: Set<SagaID>] = [:]
        var calls: [SupplierCall] = []
        var isCallerDead = false

        mutating func note(_ supplier: Supplier, _ request: String, _ result: String) {
            calls.append(SupplierCall(supplier: supplier, request: request, result: result))
        }
    }

    private let state = Mutex(State())
    private let clock: any Clock<Duration>
    /// How long a supplier takes to answer.
    private let answerTime: Duration

    /// Suppliers of whom some have troubles.
    package init(_ troubles: [Supplier: SupplierTrouble], clock: any Clock<Duration>, answerTime: Duration) {
        self.clock = clock
        self.answerTime = answerTime
        state.withLock { $0.troubles = troubles }
    }

    /// What they were asked for, in order.
    package var calls: [SupplierCall] { state.withLock { $0.calls } }

    /// What is booked and not cancelled.
    package var bookings: [Supplier: [SagaID: String]] {
        state.withLock { $0.bookings.filter { !$0.value.isEmpty } }
    }

    /// Whether whoever called has died of it.
    var isCallerDead: Bool { state.withLock { $0.isCallerDead } }

    /// Ends a supplier's troubles.
    package func calmDown(_ supplier: Supplier) {
        state.withLock { $0.troubles[supplier] = nil }
    }

    /// Books, or answers with what was booked for the trip before.
    func book(_ supplier: Supplier, for trip: SagaID) async throws -> String {
        try await clock.sleep(for: answerTime)
        return try state.withLock { state in
            if state.cancelled[supplier]?.contains(trip) == true {
                state.note(supplier, "book", "refused: was cancelled before")
                throw Refused("the booking was cancelled before it came")
            }
            if let reference = state.bookings[supplier]?[trip] {
                state.note(supplier, "book", "\(reference), booked before")
                return reference
            }
            let trouble = state.troubles[supplier]
            guard trouble != .soldOut else {
                state.note(supplier, "book", "refused: nothing is left")
                throw Refused("nothing is left")
            }
            let reference = "\(supplier.rawValue.uppercased().prefix(2))-\(100 + state.calls.count)"
            state.bookings[supplier, default: [:]][trip] = reference
            switch trouble {
            case .answerLost:
                state.note(supplier, "book", "\(reference), but the answer is lost")
                throw AnswerLost()
            case .callerDies:
                state.isCallerDead = true
                state.note(supplier, "book", "\(reference), but the caller dies")
            case .soldOut, .cannotCancel, nil:
                state.note(supplier, "book", reference)
            }
            return reference
        }
    }

    /// Whether something is booked for the trip.
    func find(_ supplier: Supplier, for trip: SagaID) async throws -> ProbeAnswer<String> {
        try await clock.sleep(for: answerTime)
        return state.withLock { state in
            let reference = state.bookings[supplier]?[trip]
            state.note(supplier, "find", reference ?? "nothing is booked")
            return reference.map(ProbeAnswer.done) ?? .notDone
        }
    }

    /// Cancels what is booked for the trip, and whatever would be booked for it later.
    package func cancel(_ supplier: Supplier, for trip: SagaID) async throws {
        try await clock.sleep(for: answerTime)
        try state.withLock { state in
            if state.troubles[supplier] == .cannotCancel {
                state.note(supplier, "cancel", "not now: the desk is closed")
                throw NotApplied("the desk is closed")
            }
            state.cancelled[supplier, default: []].insert(trip)
            let reference = state.bookings[supplier]?.removeValue(forKey: trip)
            state.note(supplier, "cancel", reference ?? "nothing was booked")
        }
    }
}
