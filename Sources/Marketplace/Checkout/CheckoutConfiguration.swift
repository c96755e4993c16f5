public import MarketplaceCore
public import MarketplaceCoupons
public import MarketplaceSagas

/// The bounds and policies of a checkout.
public struct CheckoutConfiguration: Sendable {
    /// What comes first, the stock or the money.
    public var flow: CheckoutFlow
    /// Whether the gateway's answer is the confirmation of a payment, or a webhook that comes later.
    public var paymentConfirmation: PaymentConfirmation
    /// How long a purchase may take before it is called off, unless it is past its point of no return; nil for ever.
    public var timeLimit: Duration?
    /// How long stock is held for a buyer who has not paid.
    public var holdDuration: Duration
    /// How long the gateway may take to answer before the outcome counts as unknown; nil for no limit.
    public var gatewayTimeout: Duration?
    /// How often a call of the gateway or of a store is made again, or probed.
    public var retry: RetryPolicy
    /// How long redemptions are remembered and can be given back, and how often they are tried.
    public var redemptions: CouponRedemptions.Configuration
    /// The bounds of payments.
    public var payments: PaymentsConfiguration
    /// The bounds of the coordinator.
    public var sagas: SagaConfiguration

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - flow: What comes first, the stock or the money.
    ///   - paymentConfirmation: How a payment is confirmed; a webhook is waited for when the money comes first.
    ///   - timeLimit: How long a purchase may take before it is called off; nil for ever.
    ///   - holdDuration: How long stock is held for a buyer who has not paid.
    ///   - gatewayTimeout: How long the gateway may take to answer; nil for no limit.
    ///   - retry: How often a call is made again, or probed.
    ///   - redemptions: The bounds of redemptions.
    ///   - payments: The bounds of payments.
    ///   - sagas: The bounds of the coordinator.
    public init(
        flow: CheckoutFlow = .reserveFirst,
        paymentConfirmation: PaymentConfirmation = .immediate,
        timeLimit: Duration? = nil,
        holdDuration: Duration = .minutes(10),
        gatewayTimeout: Duration? = .seconds(30),
        retry: RetryPolicy = .exponential(attempts: 10),
        redemptions: CouponRedemptions.Configuration = CouponRedemptions.Configuration(),
        payments: PaymentsConfiguration = PaymentsConfiguration(),
        sagas: SagaConfiguration = SagaConfiguration()
    ) {
        precondition(holdDuration > .zero, "a hold lasts longer than nothing")
        precondition(timeLimit.map { $0 > .zero } ?? true, "a purchase takes longer than nothing")
        precondition(
            flow == .payFirst || paymentConfirmation == .immediate,
            "a webhook is waited for when the money comes first"
        )
        self.flow = flow
        self.paymentConfirmation = paymentConfirmation
        self.timeLimit = timeLimit
        self.holdDuration = holdDuration
        self.gatewayTimeout = gatewayTimeout
        self.retry = retry
        self.redemptions = redemptions
        self.payments = payments
        self.sagas = sagas
    }
}
