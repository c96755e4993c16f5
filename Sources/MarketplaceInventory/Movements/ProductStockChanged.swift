public import MarketplaceCore

/// The units on hand of a SKU changed at one location: what catalogues, sellers and buyers hear of.
///
/// It is recorded once with every movement that changes what is on hand, and carries the change: the balance is a
/// projection, the sum of the changes.
public struct ProductStockChanged: EventPayload {
    /// `ProductStockChanged`.
    public static let eventName = "ProductStockChanged"

    /// The SKU.
    public let sku: SKU
    /// Where.
    public let location: LocationKey
    /// By how many units what is on hand has changed; never 0.
    public let units: Int64
    /// Why.
    public let kind: StockMovementKind
    /// The movement.
    public let movement: MovementID

    /// The payload that a movement calls for; nil when it leaves what is on hand as it is.
    public init?(_ movement: StockMovement) {
        guard movement.deltas.onHand != 0 else { return nil }
        sku = movement.sku
        location = movement.location
        units = movement.deltas.onHand
        kind = movement.kind
        self.movement = movement.id
    }
}
