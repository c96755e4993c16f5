/// What became of the units that a payment is for.
public enum LatePaymentOutcome: Hashable, Sendable {
    /// The hold was still there: its units are promised for good.
    case allocated(ReservationID)
    /// The hold had ended; the units are promised for good by this reservation in its stead.
    case reacquired(ReservationID)
    /// Some units had been promised for good in time, by the reservation `of`; those that had expired are promised for
    /// good by `rest`. Both are to be shipped.
    case partlyReacquired(rest: ReservationID, of: ReservationID)
    /// The units are not to be had: the payment has to be given back.
    case refused(InventoryRefusal)
    /// The units that had expired are not to be had: their part of the payment has to be given back. Those that had been
    /// promised for good in time still are, or have left: ship the reservation `by`, or release it and give back all.
    case partlyRefused(InventoryRefusal, promised: ReservationLines, by: ReservationID)

    /// The reservations to ship, the earliest one first; none when nothing is promised.
    ///
    /// To ship one all of whose units have left changes nothing.
    public var reservations: [ReservationID] {
        switch self {
        case .allocated(let id), .reacquired(let id), .partlyRefused(_, _, by: let id): [id]
        case .partlyReacquired(let rest, let original): [original, rest]
        case .refused: []
        }
    }

    /// Why units are not to be had; nil when all are.
    public var refusal: InventoryRefusal? {
        switch self {
        case .allocated, .reacquired, .partlyReacquired: nil
        case .refused(let refusal), .partlyRefused(let refusal, _, _): refusal
        }
    }
}
