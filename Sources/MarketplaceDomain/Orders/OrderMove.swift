/// The named moves of an order's lifecycle.
public enum OrderMove: String, Sendable, Hashable, CaseIterable {
    /// Place it.
    case create
    /// Take note that it is paid and its stock taken.
    case confirm
    /// Take note that its checkout came to nothing.
    case fail
    /// Give up an order that was never paid.
    case expire
    /// Call it off.
    case cancel
    /// Ask whoever sells to call it off.
    case requestCancellation
    /// Call it off as the buyer has asked.
    case acceptCancellation
    /// Go on although the buyer has asked to call it off.
    case rejectCancellation
    /// Change quantities before they are shipped.
    case change
    /// Send it somewhere else.
    case changeAddress
    /// Begin to get it ready.
    case prepare
    /// Put units into a shipment.
    case pack
    /// Take units out of a shipment that was called off.
    case unpack
    /// Hand a shipment to the carrier.
    case ship
    /// Take note that a shipment is there.
    case deliver
    /// Take note that a shipment is lost or comes back: its units are to be shipped again.
    case takeBack
    /// End it well.
    case complete
    /// Take note that delivered units came back.
    case recordReturn
    /// Take note that money that was owed to the buyer was given back.
    case noteRefund
    /// Give the buyer something beyond what is called off or returned.
    case giveGoodwill
    /// Take note of how much a return gives back.
    case noteReturnRefund
    /// Have the gateway asked anew for a refund that it has refused.
    case retryRefund
    /// Take note that the stock is as the order says.
    case noteStock
    /// Take units off again that a change has added.
    case undoChange
}
