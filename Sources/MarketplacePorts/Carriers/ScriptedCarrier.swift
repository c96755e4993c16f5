public import MarketplaceCore
public import MarketplaceDomain
import Synchronization

/// A carrier for tests, demonstrations and benchmarks that behaves as it is told.
///
/// It keeps the contract of ``CarrierGateway``: one booking per key, the first answer to a repeated key, another
/// shipment under a used key refused. Tracking numbers follow from the shipment.
public final class ScriptedCarrier: CarrierGateway {
    /// How the next bookings that were not answered before go.
    public enum Behavior: Sendable, Hashable {
        /// As asked.
        case book
        /// Refused, with that reason.
        case refuse(String)
        /// The carrier cannot be reached.
        case failToConnect
        /// Booked, without an answer.
        case timeOutAfterEffect
    }

    private struct State {
        var script: [Behavior]
        var bookings: [IdempotencyKey: (request: CarrierRequest, waybill: Waybill)] = [:]
        var reports: [Waybill: TrackingReport] = [:]
    }

    private let state: Mutex<State>

    /// A carrier that goes through `script`, one behaviour per new booking, and books whatever comes after it.
    public init(_ script: [Behavior] = []) {
        state = Mutex(State(script: script))
    }

    /// Books as the script says.
    public func book(_ request: CarrierRequest, key: IdempotencyKey) async throws(CarrierError) -> Waybill {
        try state.withLock { (state) throws(CarrierError) in
            if let known = state.bookings[key] {
                guard known.request == request else { throw CarrierError(.keyReused, effect: .refused) }
                return known.waybill
            }
            let behavior = state.script.isEmpty ? .book : state.script.removeFirst()
            // An identifier is a valid key.
            let number = TrackingNumber(request.shipment)
            let waybill = Waybill(carrier: request.carrier, trackingNumber: number)
            switch behavior {
            case .refuse(let reason): throw .notServed(reason)
            case .failToConnect: throw .unreachable
            case .book: state.bookings[key] = (request, waybill)
            case .timeOutAfterEffect:
                state.bookings[key] = (request, waybill)
                throw .timedOut
            }
            return waybill
        }
    }

    /// What was reported of a parcel last.
    public func track(_ waybill: Waybill) async throws(CarrierError) -> TrackingReport? {
        state.withLock { $0.reports[waybill] }
    }

    /// Has the carrier say from now on where a parcel is.
    public func report(_ report: TrackingReport, of waybill: Waybill) {
        state.withLock { $0.reports[waybill] = report }
    }

    /// How many transports were booked.
    public var bookingCount: Int { state.withLock { $0.bookings.count } }
}
