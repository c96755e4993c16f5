public import MarketplaceCore
public import MarketplaceSagas

/// The bounds and policies of a checkout.
public struct CheckoutConfiguration: Sendable {
    /// How long stock is held for a buyer who has not paid.
    public var holdDuration: Duration
    /// How long the gateway may take to answer before the outcome counts as unknown; nil for no limit.
    public var gatewayTimeout: Duration?
    /// How often a call of the gateway or of a store is made again, or probed.
    public var retry: RetryPolicy
    /// The bounds of the coordinator.
    public var sagas: SagaConfiguration

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - holdDuration: How long stock is held for a buyer who has not paid.
    ///   - gatewayTimeout: How long the gateway may take to answer; nil for no limit.
    ///   - retry: How often a call is made again, or probed.
    ///   - sagas: The bounds of the coordinator.
    public init(
        holdDuration: Duration = .minutes(10),
        gatewayTimeout: Duration? = .seconds(30),
        retry: RetryPolicy = .exponential(attempts: 10),
        sagas: SagaConfiguration = SagaConfiguration()
    ) {
        precondition(holdDuration > .zero, "a hold lasts longer than nothing")
        self.holdDuration = holdDuration
        self.gatewayTimeout = gatewayTimeout
        self.retry = retry
        self.sagas = sagas
    }
}
