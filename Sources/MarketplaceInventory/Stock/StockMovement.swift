public import MarketplaceCore

/// One change of one SKU's stock at one location.
///
/// Every part of a stock level is the sum of its deltas.
public struct StockMovement: Hashable, Sendable, Codable {
    /// Names it: the id of the change that was recorded, otherwise one that the inventory derives.
    public let id: MovementID
    /// The SKU.
    public let sku: SKU
    /// Where.
    public let location: LocationKey
    /// Why.
    public let kind: StockMovementKind
    /// What changed.
    public let deltas: StockDeltas
    /// The reservation it belongs to; nil when it belongs to none.
    public let reservation: ReservationID?
    /// What it was for, in the caller's terms.
    public let reference: StockReference?
    /// When, by the call that made it.
    public let time: Timestamp

    /// Makes a movement; for inventories.
    public init(
        id: MovementID,
        sku: SKU,
        location: LocationKey = .main,
        kind: StockMovementKind,
        deltas: StockDeltas,
        reservation: ReservationID?,
        reference: StockReference?,
        time: Timestamp
    ) {
        self.id = id
        self.sku = sku
        self.location = location
        self.kind = kind
        self.deltas = deltas
        self.reservation = reservation
        self.reference = reference
        self.time = time
    }
}
