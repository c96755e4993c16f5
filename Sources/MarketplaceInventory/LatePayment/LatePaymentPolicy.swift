public import MarketplaceCore
import MarketplaceStorage

/// What becomes of a payment whose hold has ended before it came.
public struct LatePaymentPolicy: Sendable {
    /// How long units that are reserved anew are held until they are allocated, unless told otherwise: it matters only
    /// when a caller dies in between, and then it is how long it has to come back.
    public static let defaultHold = Duration.seconds(60 * 60)

    struct Reacquisition: Sendable {
        let id: ReservationID?
        let strategy: AllocationStrategy?
        let allowsBackorder: Bool
        let hold: Duration
    }

    let reacquisition: Reacquisition?

    /// The payment is refused, and has to be given back.
    public static let refuse = LatePaymentPolicy(reacquisition: nil)

    /// The units are reserved anew and promised for good at once, all of them, if they are still there.
    ///
    /// - Parameters:
    ///   - id: The reservation to make; nil for the one that always follows from the first one's id. A given one is
    ///     recognised by its member and units: those that expired, or all of the request once the first one is forgotten.
    ///   - strategy: Where the units may come from; nil for the places of the lines.
    ///   - allowsBackorder: Whether units that are not there may be promised, where the terms of the SKU permit that,
    ///     whatever the request of the hold says: the payment then buys a wait.
    ///   - hold: How long they are held until they are allocated; at least a microsecond.
    /// - Returns: The policy.
    public static func reacquire(
        as id: ReservationID? = nil,
        placing strategy: AllocationStrategy? = nil,
        allowsBackorder: Bool = false,
        hold: Duration = LatePaymentPolicy.defaultHold
    ) -> LatePaymentPolicy {
        // A hold that ends as it begins would be refused, and its id kept from ever being reserved.
        precondition(hold >= .microseconds(1), "Units must be held for some time until they are allocated.")
        return LatePaymentPolicy(
            reacquisition: Reacquisition(id: id, strategy: strategy, allowsBackorder: allowsBackorder, hold: hold)
        )
    }

    /// The units are reserved anew where they were, under an id that follows from the first one's.
    public static var reacquire: LatePaymentPolicy { .reacquire() }
}

extension Identifier where Subject == Reservation {
    /// The reservation that a late payment of another one makes, unless told otherwise.
    ///
    /// A UUID of version 8 over a digest that is not cryptographic: see `TransactionID(derivedFrom:)`.
    public init(reacquiring id: ReservationID) {
        self.init(bits: TransactionID(derivedFrom: "late payment", "\(id)").bits)
    }
}
