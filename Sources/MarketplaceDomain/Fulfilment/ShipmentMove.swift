/// The named moves of a shipment's lifecycle.
public enum ShipmentMove: String, Sendable, Hashable, CaseIterable {
    /// Put it together.
    case create
    /// Say by which carrier it goes, and under which number.
    case registerWaybill
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
