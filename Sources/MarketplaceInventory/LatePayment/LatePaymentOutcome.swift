/// What became of the units that a payment is for.
public enum LatePaymentOutcome: Hashable, Sendable {
    /// The hold was still there: its units are promised for good.
    case allocated(ReservationID)
    /// The hold had ended; the units are promised for good by this reservation in its stead.
    case reacquired(ReservationID)
    /// The units are not to be had: the payment has to be given back.
    case refused(InventoryRefusal)

    /// The reservation to ship; nil when there is none.
    public var reservation: ReservationID? {
        switch self {
        case .allocated(let id), .reacquired(let id): id
        case .refused: nil
        }
    }
}
