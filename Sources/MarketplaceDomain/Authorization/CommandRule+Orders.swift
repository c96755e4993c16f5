extension CommandRule {
    /// The rules of orders and of groups of them.
    static let orders = [
        createOrder, createOrderGroup, confirmOrder, failOrder, expireOrder, cancelOrder, requestOrderCancellation,
        acceptOrderCancellation, rejectOrderCancellation, changeOrder, changeOrderAddress, prepareOrder, packOrder,
        unpackOrder, shipOrder, deliverOrder, takeBackOrder, completeOrder, recordOrderReturn, noteOrderRefund,
        giveOrderGoodwill, giveSellerGoodwill, noteOrderReturnRefund, retryOrderRefund, noteOrderStock, undoOrderChange,
        settleOrder, readOrder, readOrderHistory, readSales,
        readAddresses, editAddresses,
    ]

    /// Place an order.
    package static let createOrder = CommandRule("order.create", by: .owner, .operator, .system)
    /// Place the orders of several sellers at once.
    static let createOrderGroup = CommandRule("orderGroup.create", by: .owner, .operator, .system)
    /// Take note that an order is paid and its stock taken.
    static let confirmOrder = CommandRule("order.confirm", by: .system)
    /// Take note that the checkout of an order came to nothing.
    static let failOrder = CommandRule("order.fail", by: .system)
    /// Give up an order that was never paid.
    static let expireOrder = CommandRule("order.expire", by: .system)
    /// Call an order off.
    static let cancelOrder = CommandRule("order.cancel", by: .owner, .seller, .operator, .system)
    /// Ask whoever sells to call an order off.
    static let requestOrderCancellation = CommandRule("order.requestCancellation", by: .owner, .operator)
    /// Call an order off as its buyer has asked.
    static let acceptOrderCancellation = CommandRule("order.acceptCancellation", by: .seller, .operator)
    /// Go on although the buyer of an order has asked to call it off.
    static let rejectOrderCancellation = CommandRule("order.rejectCancellation", by: .seller, .operator)
    /// Change the quantities of an order before they are shipped.
    static let changeOrder = CommandRule("order.change", by: .owner, .seller, .operator, .system)
    /// Send an order somewhere else.
    static let changeOrderAddress = CommandRule("order.changeAddress", by: .owner, .operator)
    /// Begin to get an order ready.
    static let prepareOrder = CommandRule("order.prepare", by: .seller, .operator, .system)
    /// Put units of an order into a shipment.
    static let packOrder = CommandRule("order.pack", by: .seller, .operator, .system)
    /// Take the units of a shipment that was called off out of it.
    static let unpackOrder = CommandRule("order.unpack", by: .seller, .operator, .system)
    /// Take note that a shipment of an order was handed to the carrier.
    static let shipOrder = CommandRule("order.ship", by: .seller, .operator, .system)
    /// Take note that a shipment of an order is there.
    static let deliverOrder = CommandRule("order.deliver", by: .owner, .operator, .system)
    /// Take note that a shipment of an order is lost or comes back.
    static let takeBackOrder = CommandRule("order.takeBack", by: .seller, .operator, .system)
    /// End an order well.
    static let completeOrder = CommandRule("order.complete", by: .owner, .operator, .system)
    /// Take note that delivered units of an order came back.
    static let recordOrderReturn = CommandRule("order.recordReturn", by: .system)
    /// Take note that money which an order owed to its buyer was given back.
    static let noteOrderRefund = CommandRule("order.noteRefund", by: .system)
    /// Give the buyer of an order something at the cost of the marketplace.
    package static let giveOrderGoodwill = CommandRule("order.giveGoodwill", by: .operator)
    /// Give the buyer of an order something at the cost of its seller.
    package static let giveSellerGoodwill = CommandRule("order.giveSellerGoodwill", by: .seller, .operator)
    /// Take note of how much a return of an order gives back.
    static let noteOrderReturnRefund = CommandRule("order.noteReturnRefund", by: .system)
    /// Have the gateway asked anew for money that an order owes and the gateway has refused to give.
    package static let retryOrderRefund = CommandRule("order.retryRefund", by: .operator)
    /// Take note that the stock is as an order says.
    static let noteOrderStock = CommandRule("order.noteStock", by: .system)
    /// Take units off an order again whose stock was gone before it was taken.
    static let undoOrderChange = CommandRule("order.undoChange", by: .system)
    /// Have done what an order owes, money and stock.
    package static let settleOrder = CommandRule("order.settle", by: .operator, .system)
    /// See an order, its shipments, and where it is to be sent.
    package static let readOrder = CommandRule("order.read", by: .owner, .seller, .operator, .system)
    /// See what a member has bought.
    package static let readOrderHistory = CommandRule("order.readHistory", by: .owner, .operator, .system)
    /// See what a seller has sold.
    package static let readSales = CommandRule("order.readSales", by: .seller, .operator, .system)
    /// See a member's address book.
    package static let readAddresses = CommandRule("address.read", by: .owner, .operator, .system)
    /// Change or erase a member's addresses.
    package static let editAddresses = CommandRule("address.edit", by: .owner, .operator, .system)
}

extension OrderAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .create: .createOrder
        case .confirm: .confirmOrder
        case .fail: .failOrder
        case .expire: .expireOrder
        case .cancel: .cancelOrder
        case .requestCancellation: .requestOrderCancellation
        case .acceptCancellation: .acceptOrderCancellation
        case .rejectCancellation: .rejectOrderCancellation
        case .change: .changeOrder
        case .changeAddress: .changeOrderAddress
        case .prepare: .prepareOrder
        case .pack: .packOrder
        case .unpack: .unpackOrder
        case .ship: .shipOrder
        case .deliver: .deliverOrder
        case .takeBack: .takeBackOrder
        case .complete: .completeOrder
        case .recordReturn: .recordOrderReturn
        case .noteRefund: .noteOrderRefund
        case .giveGoodwill(_, atCostOf: .marketplace, _): .giveOrderGoodwill
        case .giveGoodwill(_, atCostOf: .seller, _): .giveSellerGoodwill
        case .noteReturnRefund: .noteOrderReturnRefund
        case .retryRefund: .retryOrderRefund
        case .noteStock: .noteOrderStock
        case .undoChange: .undoOrderChange
        }
    }
}

extension OrderGroupAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .create: .createOrderGroup
        }
    }
}
