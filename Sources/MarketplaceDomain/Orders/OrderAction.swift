public import MarketplaceCore

/// What can be asked of an order.
public enum OrderAction: Sendable, Hashable {
    /// Place it. A stated total, which the buyer has seen, must be what it comes to: the sum of the lines, or what the
    /// shares say where something is taken off, or shipping and tax come on top. A group names the purchase of several
    /// sellers it is a part of, and `groupCharges` those of its shipping charges that are the group's, not the seller's.
    case create(
        id: OrderID,
        buyer: MemberID,
        lines: [OrderLine],
        shares: FrozenShares? = nil,
        statedTotal: Money? = nil,
        group: OrderGroupID? = nil,
        groupCharges: [BasketLineID] = []
    )
    /// Take note that it is paid and its stock taken.
    case confirm
    /// Take note that its checkout came to nothing.
    case fail(OrderFailureReason)
    /// Give it up: it was not paid within ``Order/paymentPeriod``.
    case expire
    /// Call it off.
    case cancel(OrderCancellationReason)
    /// Ask whoever sells to call it off.
    case requestCancellation(OrderCancellationReason)
    /// Call it off as the buyer has asked.
    case acceptCancellation
    /// Go on although the buyer has asked to call it off.
    case rejectCancellation(CancellationRejectionReason)
    /// Change quantities before they are shipped; see ``Order/amendment(_:)``. What it becomes more expensive by was paid
    /// by that payment, which pays for no other change.
    case change([OrderLineChange], paidBy: PaymentID? = nil)
    /// Take note that it is to be sent somewhere else; the address is in a document of its own.
    case changeAddress
    /// Begin to get it ready.
    case prepare
    /// Put units into a shipment: no more than are open.
    case pack(ShipmentID, [OrderUnits])
    /// Take the units of a shipment that was called off out of it.
    case unpack(ShipmentID)
    /// Hand a shipment to the carrier.
    case ship(ShipmentID)
    /// Take note that a shipment is there.
    case deliver(ShipmentID)
    /// Take note that a shipment is lost, or came back so that its units go into stock again: they are open again, and
    /// stock is set aside for them when they are packed again.
    case takeBack(ShipmentID, intoStock: Bool = false)
    /// End it well: by the buyer or an operator at once, by the system after ``Order/completionPeriod``.
    case complete
    /// Take note that so many delivered units of a line came back.
    case recordReturn(lineIndex: Int, units: Int)
    /// Take note that what the order owed to the buyer under that number was given back.
    case noteRefund(number: Int)
    /// Give the buyer something beyond what is called off or returned, no more than is left of what was paid.
    case giveGoodwill(Money, atCostOf: GoodwillBearer, because: GoodwillReason)
    /// Take note of how much a return gives back.
    case noteReturnRefund(ReturnID, Money)
    /// Have the gateway asked anew for a refund that it has refused for good; attempts count from 1, so the first anew is
    /// the second.
    case retryRefund(number: Int, attempt: Int)
    /// Take note that the stock is as the order says; of an older state of it nothing is noted.
    case noteStock(revision: Int)
    /// Take units off again that a change has added, because what was held for them has run out and is gone.
    case undoChange(number: Int, units: [OrderUnits])
}
