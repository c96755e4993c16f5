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
