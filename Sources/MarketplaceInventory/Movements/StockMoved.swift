public import MarketplaceCore

/// One SKU's stock at one location changed: the event that is recorded with every change, in the stream of the SKU.
///
/// The sum of the deltas of a stream is the stock of its SKU.
public struct StockMoved: EventPayload {
    /// `StockMoved`.
    public static let eventName = "StockMoved"

    /// The SKU.
    public let sku: SKU
    /// Where.
    public let location: LocationKey
    /// Why.
    public let kind: StockMovementKind
    /// What changed.
    public let deltas: StockDeltas
    /// The reservation it belongs to; nil for a receipt.
    public let reservation: ReservationID?
    /// What it was for, in the caller's terms.
    public let reference: StockReference?

    /// Makes the payload that tells of a movement.
    public init(_ movement: StockMovement) {
        sku = movement.sku
        location = movement.location
        kind = movement.kind
        deltas = movement.deltas
        reservation = movement.reservation
        reference = movement.reference
    }
}
