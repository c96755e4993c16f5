extension CommandRule {
    /// The rules of payments.
    static let payments = [
        createPayment, beginAuthorization, beginCapture, beginVoid, refuseOperation, authorizePayment, capturePayment,
        voidPayment, initiateRefund, completeRefund, failRefund, failPayment, addPaymentMethod, choosePaymentMethod,
        removePaymentMethod, listPaymentMethods, usePaymentMethod, grantStoreCredit, withdrawStoreCredit,
        holdStoreCredit,
        spendStoreCredit, releaseStoreCredit, restoreStoreCredit, readStoreCredit, settleDiscrepancy, readPayment,
        readDiscrepancies, confirmPayment, cancelCheckout, chooseRefundDestination, issueGiftCard, readGiftCard,
        redeemGiftCard, cancelGiftCard,
    ]

    /// Begin a payment.
    static let createPayment = CommandRule("payment.create", by: .system)
    /// Have the gateway set money aside: the buyer does so by paying.
    static let beginAuthorization = CommandRule("payment.beginAuthorization", by: .owner, .operator, .system)
    /// Have the gateway take money.
    static let beginCapture = CommandRule("payment.beginCapture", by: .operator, .system)
    /// Have the gateway set money free.
    static let beginVoid = CommandRule("payment.beginVoid", by: .operator, .system)
    /// Take note that the gateway refused what it was asked.
    static let refuseOperation = CommandRule("payment.refuseOperation", by: .system)
    /// Take note that the gateway set money aside.
    static let authorizePayment = CommandRule("payment.authorize", by: .system)
    /// Take note that the gateway took money.
    static let capturePayment = CommandRule("payment.capture", by: .operator, .system)
    /// Set free what was not captured.
    static let voidPayment = CommandRule("payment.void", by: .operator, .system)
    /// Begin to give money back.
    package static let initiateRefund = CommandRule("payment.initiateRefund", by: .operator, .system)
    /// Take note that money was given back.
    static let completeRefund = CommandRule("payment.completeRefund", by: .system)
    /// Take note that a refund came to nothing.
    static let failRefund = CommandRule("payment.failRefund", by: .system)
    /// Take note that a payment came to nothing.
    static let failPayment = CommandRule("payment.fail", by: .system)
    /// Take note that somebody has looked into a discrepancy.
    package static let settleDiscrepancy = CommandRule("payment.settleDiscrepancy", by: .operator, .system)
    /// See how a payment stands.
    package static let readPayment = CommandRule("payment.read", by: .owner, .operator, .system)
    /// See what gateways did that does not fit.
    package static let readDiscrepancies = CommandRule("payment.readDiscrepancies", by: .operator, .system)
    /// Say that the money of a purchase has come in.
    package static let confirmPayment = CommandRule("payment.confirm", by: .operator, .system)
    /// Say whether refunds of a purchase go back to where the money came from, or to store credit.
    package static let chooseRefundDestination = CommandRule(
        "payment.chooseRefundDestination",
        by: .owner,
        .operator,
        .system
    )
    /// Ask for a purchase that is on its way to be undone.
    package static let cancelCheckout = CommandRule("order.cancelCheckout", by: .owner, .operator, .system)
}

extension CommandRule {
    /// Save a payment method.
    package static let addPaymentMethod = CommandRule("paymentMethod.add", by: .owner)
    /// Make a payment method the default one.
    package static let choosePaymentMethod = CommandRule("paymentMethod.choose", by: .owner)
    /// Remove a payment method.
    package static let removePaymentMethod = CommandRule("paymentMethod.remove", by: .owner, .operator, .system)
    /// See what payment methods are saved; never their tokens.
    package static let listPaymentMethods = CommandRule("paymentMethod.list", by: .owner, .operator, .system)
    /// Pay with a saved payment method.
    package static let usePaymentMethod = CommandRule("paymentMethod.use", by: .owner, .system)

    /// Give store credit.
    package static let grantStoreCredit = CommandRule("storeCredit.grant", by: .operator, .system)
    /// Take store credit away.
    package static let withdrawStoreCredit = CommandRule("storeCredit.withdraw", by: .operator, .system)
    /// Set store credit aside for a purchase.
    package static let holdStoreCredit = CommandRule("storeCredit.hold", by: .owner, .operator, .system)
    /// Take store credit that was set aside.
    package static let spendStoreCredit = CommandRule("storeCredit.spend", by: .operator, .system)
    /// Set store credit free again.
    package static let releaseStoreCredit = CommandRule("storeCredit.release", by: .owner, .operator, .system)
    /// Give back store credit that was spent.
    package static let restoreStoreCredit = CommandRule("storeCredit.restore", by: .operator, .system)
    /// Issue a gift card.
    package static let issueGiftCard = CommandRule("giftCard.issue", by: .operator, .system)
    /// See what is on a gift card whose code one has.
    package static let readGiftCard = CommandRule("giftCard.read", by: .member, .operator, .system)
    /// Make what is on a gift card store credit.
    package static let redeemGiftCard = CommandRule("giftCard.redeem", by: .owner, .operator, .system)
    /// Call a gift card off that nobody has redeemed.
    package static let cancelGiftCard = CommandRule("giftCard.cancel", by: .operator)
    /// See how much store credit there is.
    package static let readStoreCredit = CommandRule("storeCredit.read", by: .owner, .operator, .system)
}

extension PaymentAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .create: .createPayment
        case .beginAuthorization: .beginAuthorization
        case .beginCapture: .beginCapture
        case .beginVoid: .beginVoid
        case .refuseOperation: .refuseOperation
        case .authorize: .authorizePayment
        case .capture: .capturePayment
        case .void: .voidPayment
        case .initiateRefund: .initiateRefund
        case .completeRefund: .completeRefund
        case .failRefund: .failRefund
        case .settleDiscrepancy: .settleDiscrepancy
        case .fail: .failPayment
        }
    }
}
