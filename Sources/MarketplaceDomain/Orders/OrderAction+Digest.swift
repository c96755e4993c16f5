public import MarketplaceCore

extension OrderAction: ContentDigestible {
    /// Takes in what is asked; which attempt a refund is at, and what a change leaves, are looked up.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .create(let id, let buyer, let lines, let shares, let statedTotal, let group, let groupCharges):
            digest.combine(all: "create", id, buyer, lines, shares?.total, statedTotal, group, groupCharges)
        case .confirm: digest.combine("confirm")
        case .fail(let reason): digest.combine(all: "fail", reason.rawValue)
        case .expire: digest.combine("expire")
        case .cancel(let reason): digest.combine(all: "cancel", reason.rawValue)
        case .requestCancellation(let reason): digest.combine(all: "requestCancellation", reason.rawValue)
        case .acceptCancellation: digest.combine("acceptCancellation")
        case .rejectCancellation(let reason): digest.combine(all: "rejectCancellation", reason.rawValue)
        case .change(let changes, let payment): digest.combine(all: "change", changes, payment)
        case .changeAddress: digest.combine("changeAddress")
        case .prepare: digest.combine("prepare")
        case .pack(let shipment, let units): digest.combine(all: "pack", shipment, units)
        case .unpack(let shipment): digest.combine(all: "unpack", shipment)
        case .ship(let shipment): digest.combine(all: "ship", shipment)
        case .deliver(let shipment): digest.combine(all: "deliver", shipment)
        case .takeBack(let shipment, let isIntoStock): digest.combine(all: "takeBack", shipment, isIntoStock)
        case .complete: digest.combine("complete")
        case .recordReturn(let lineIndex, let units): digest.combine(all: "recordReturn", lineIndex, units)
        case .noteRefund(let number): digest.combine(all: "noteRefund", number)
        case .giveGoodwill(let amount, let bearer, let reason):
            digest.combine(all: "giveGoodwill", amount, bearer.rawValue, reason.rawValue)
        case .noteReturnRefund(let id, let amount): digest.combine(all: "noteReturnRefund", id, amount)
        case .retryRefund(let number, attempt: _): digest.combine(all: "retryRefund", number)
        case .noteStock(let revision): digest.combine(all: "noteStock", revision)
        case .undoChange(let number, units: _): digest.combine(all: "undoChange", number)
        }
    }
}

extension OrderGroupAction: ContentDigestible {
    /// Takes in what is asked.
    public func combine(into digest: inout ContentDigest) {
        switch self {
        case .create(let id, let buyer, let orders, let payment):
            digest.combine(all: "create", id, buyer, orders, payment)
        }
    }
}

extension OrderLine: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) {
        digest.combine(all: sku, variantID, productID, sellerID, quantity, unitPrice)
    }
}

extension OrderLineChange: ContentDigestible {
    /// Takes in the line and how many it is to have; what units that come to it cost is looked up.
    public func combine(into digest: inout ContentDigest) { digest.combine(all: lineIndex, units) }
}

extension OrderUnits: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) { digest.combine(all: lineIndex, units) }
}

extension GroupedOrder: ContentDigestible {
    /// Takes in all of it.
    public func combine(into digest: inout ContentDigest) { digest.combine(all: orderID, sellerID, total) }
}
