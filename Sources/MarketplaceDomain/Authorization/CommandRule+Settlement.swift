extension CommandRule {
    /// The rules of settlement.
    static let settlement = [
        openSettlement, postCapture, postDelivery, amendSettlement, settleChange, postRefund, postGoodwill,
        oweGoodwill, payGoodwill, postRetention, createPayout, sendPayout, confirmPayout, failPayout, returnPayout,
        runSettlement, endDebt,
        readStatement, postAgain,
    ]

    /// Freeze who gets what of an order.
    static let openSettlement = CommandRule("settlement.open", by: .operator, .system)
    /// Post that money of a buyer was taken.
    static let postCapture = CommandRule("settlement.capture", by: .operator, .system)
    /// Post that units came to the buyer.
    static let postDelivery = CommandRule("settlement.deliver", by: .operator, .system)
    /// Take note that units of an order were called off or added.
    static let amendSettlement = CommandRule("settlement.amend", by: .operator, .system)
    /// Post that what changes made an order owe was given back.
    static let settleChange = CommandRule("settlement.settleChange", by: .operator, .system)
    /// Post that units were refunded.
    static let postRefund = CommandRule("settlement.refund", by: .operator, .system)
    /// Post that a buyer was given something beyond what was returned.
    static let postGoodwill = CommandRule("settlement.compensate", by: .operator, .system)
    /// Post that a buyer is to be given something beyond what was returned.
    static let oweGoodwill = CommandRule("settlement.oweGoodwill", by: .operator, .system)
    /// Post that a buyer was given what was owed to them so.
    static let payGoodwill = CommandRule("settlement.payGoodwill", by: .operator, .system)
    /// Post that a part of a refund was kept back.
    static let postRetention = CommandRule("settlement.retain", by: .operator, .system)
    /// Begin a payout.
    static let createPayout = CommandRule("payout.create", by: .operator, .system)
    /// Take note that the bank is about to be asked.
    package static let sendPayout = CommandRule("payout.send", by: .operator, .system)
    /// Take note that a payout reached its seller.
    static let confirmPayout = CommandRule("payout.confirm", by: .operator, .system)
    /// Take note that the bank refused a payout.
    static let failPayout = CommandRule("payout.fail", by: .operator, .system)
    /// Take note that a payout came back.
    static let returnPayout = CommandRule("payout.return", by: .operator, .system)
    /// Run the settlement of a period.
    package static let runSettlement = CommandRule("settlement.run", by: .operator, .system)
    /// Give up a seller's debt, or take note that it was paid.
    package static let endDebt = CommandRule("settlement.endDebt", by: .operator)
    /// List what could not be posted, and post it again.
    package static let postAgain = CommandRule("settlement.postAgain", by: .operator, .system)
    /// Read what a seller was credited, charged and paid.
    package static let readStatement = CommandRule("settlement.readStatement", by: .seller, .operator, .system)
}

extension OrderSettlementAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .open: .openSettlement
        case .capture: .postCapture
        case .deliver: .postDelivery
        case .amend: .amendSettlement
        case .settleChange: .settleChange
        case .refund: .postRefund
        case .compensate: .postGoodwill
        case .oweGoodwill: .oweGoodwill
        case .payGoodwill: .payGoodwill
        case .retain: .postRetention
        }
    }
}

extension PayoutAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .create: .createPayout
        case .send: .sendPayout
        case .confirm: .confirmPayout
        case .fail: .failPayout
        case .return: .returnPayout
        }
    }
}
