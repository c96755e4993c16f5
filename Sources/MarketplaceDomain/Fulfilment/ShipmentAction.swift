public import MarketplaceCore

/// What can be asked of a shipment.
public enum ShipmentAction: Sendable, Hashable {
    /// Put it together: some units of one order, which its order has packed.
    case create(id: ShipmentID, order: OrderID, buyer: MemberID, seller: SellerID?, units: [OrderUnits])
    /// Say by which carrier it goes, and under which number; until it is handed over it can be said anew.
    case registerWaybill(Waybill)
    /// Hand it to the carrier.
    case handOver
    /// Take note that the carrier has moved it.
    case noteTransit
    /// Take note that it is there.
    case deliver
    /// Take note that nobody knows where it is.
    case reportLost
    /// Take note that it came back unopened.
    case noteReturned
    /// Call it off.
    case cancel
}
