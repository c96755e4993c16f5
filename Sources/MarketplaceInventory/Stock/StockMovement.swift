public import MarketplaceCore
import MarketplaceStorage

/// One change of one SKU's stock.
///
/// Every part of a stock level is the sum of its deltas.
public struct StockMovement: Hashable, Sendable {
    /// Names it: a receipt's own id, otherwise one that follows from the reservation, the kind and the SKU.
    public let id: MovementID
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
    /// When, by the call that made it.
    public let time: Timestamp

    /// Makes a movement; for inventories.
    public init(
        id: MovementID,
        sku: SKU,
        kind: StockMovementKind,
        deltas: StockDeltas,
        reservation: ReservationID?,
        reference: StockReference?,
        time: Timestamp
    ) {
        self.id = id
        self.sku = sku
        self.kind = kind
        self.deltas = deltas
        self.reservation = reservation
        self.reference = reference
        self.time = time
    }
}

extension Identifier where Subject == StockMovement {
    /// The id of the one movement of that kind that a reservation makes of a SKU.
    ///
    /// A UUID of version 8 over a digest that is not cryptographic: see `TransactionID(derivedFrom:)`.
    init(of reservation: ReservationID, kind: StockMovementKind, sku: SKU) {
        let derived = TransactionID(derivedFrom: "stock movement", reservation.description, kind.text, sku.text)
        self.init(bits: derived.bits)
    }
}
