extension CommandRule {
    /// The rules of payments.
    static let payments = [
        createPayment, authorizePayment, capturePayment, voidPayment, initiateRefund, completeRefund, failRefund,
        failPayment,
    ]

    /// Begin a payment.
    static let createPayment = CommandRule("payment.create", by: .system)
    /// Take note that the gateway set money aside.
    static let authorizePayment = CommandRule("payment.authorize", by: .system)
    /// Take note that the gateway took money.
    static let capturePayment = CommandRule("payment.capture", by: .operator, .system)
    /// Set free what was not captured.
    static let voidPayment = CommandRule("payment.void", by: .operator, .system)
    /// Begin to give money back.
    static let initiateRefund = CommandRule("payment.initiateRefund", by: .operator, .system)
    /// Take note that money was given back.
    static let completeRefund = CommandRule("payment.completeRefund", by: .system)
    /// Take note that a refund came to nothing.
    static let failRefund = CommandRule("payment.failRefund", by: .system)
    /// Take note that a payment came to nothing.
    static let failPayment = CommandRule("payment.fail", by: .system)
}

extension PaymentAction: RuledAction {
    /// Who may ask for it.
    public var rule: CommandRule {
        switch self {
        case .create: .createPayment
        case .authorize: .authorizePayment
        case .capture: .capturePayment
        case .void: .voidPayment
        case .initiateRefund: .initiateRefund
        case .completeRefund: .completeRefund
        case .failRefund: .failRefund
        case .fail: .failPayment
        }
    }
}
