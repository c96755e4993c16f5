public import MarketplaceCore

/// One SKU's stock changed: the event that ``StoreInventory`` records with every change, in the stream of the SKU.
///
/// The sum of the deltas of a stream is the level of its SKU.
public struct StockMoved: EventPayload {
    /// `StockMoved`.
    public static let eventName = "StockMoved"

    /// The SKU.
    public let sku: SKU
    /// Why.
    public let kind: StockMovementKind
    /// What changed.
    public let deltas: StockDeltas
    /// The reservation it belongs to; nil for a receipt.
    public let reservation: ReservationID?
    /// What it was for, in the caller's terms.
    public let reference: StockReference?

    /// Makes the payload.
    public init(
        sku: SKU,
        kind: StockMovementKind,
        deltas: StockDeltas,
        reservation: ReservationID?,
        reference: StockReference?
    ) {
        self.sku = sku
        self.kind = kind
        self.deltas = deltas
        self.reservation = reservation
        self.reference = reference
    }
}
