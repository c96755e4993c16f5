public import MarketplaceCore

/// The subject of references.
public enum StockReferenceSubject {}

/// What a change of stock was for, in the caller's own terms: the key of an order, of a purchase, of a count.
public typealias StockReference = TextKey<StockReferenceSubject>

/// Names one reservation; chosen by the caller, so that every call about it can be repeated.
public typealias ReservationID = Identifier<Reservation>

/// Names one movement of stock.
///
/// That of a receipt is chosen by the caller, so that the receipt can be repeated.
public typealias MovementID = Identifier<StockMovement>

/// The subject of location keys.
public enum LocationSubject {}

/// Names a place where units of stock are: a warehouse, a shop, a seller's cupboard.
///
/// At most ``InventoryLimits/locationBytes`` bytes. Who has one place never needs to name it: it is ``main``.
public typealias LocationKey = TextKey<LocationSubject>

extension TextKey where Subject == LocationSubject {
    /// The place of those who have one, and of all stock whose place is not stated.
    public static var main: LocationKey { LocationKey(unchecked: "main") }
}
