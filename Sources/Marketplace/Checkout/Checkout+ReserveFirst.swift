import MarketplaceCore
import MarketplaceDomain
import MarketplaceSagas

extension Checkout {
    /// Reserve first: what a buyer is charged for is certain to be there.
    static func reserveFirst(
        orders: OrderDesk,
        stock: StockDesk,
        payments: PaymentDesk,
        pricing: PricingDesk,
        coupons: CouponDesk,
        configuration: CheckoutConfiguration
    ) -> SagaDefinition<CheckoutState> {
        let retry = configuration.retry
        let gatewayTimeout = configuration.gatewayTimeout
        return SagaDefinition(name, version: 5) {
            pricing.step(retry: retry)
            Step("create order", retry: retry, onUnknown: .retry) { state, step in
                try await orders.create(state, step)
            } undo: { state, _, step in
                try await orders.fail(state, step)
            }
            Step("reserve stock", into: \.isReserved, retry: retry, onUnknown: .retry) { state, step in
                try await stock.reserve(state, step)
            } undo: { state, _, step in
                try await stock.release(state, step)
            }
            coupons.holdStep(retry: retry)
            Step(
                CheckoutStep.authorize,
                into: \.authorization,
                timeout: gatewayTimeout,
                retry: retry,
                onUnknown: .retry,
                when: \.costsSomething
            ) { state, step in
                try await payments.authorize(state, step)
            } undo: { state, _, step in
                try await payments.giveBack(state, step)
            }
            Step("allocate stock", retry: retry, onUnknown: .retry) { state, step in
                try await stock.allocate(state, step)
            } undo: { state, _, step in
                try await stock.release(state, step)
            }
            coupons.redeemStep(retry: retry)
            Pivot(
                CheckoutStep.capture,
                into: \.capture,
                timeout: gatewayTimeout,
                retry: retry,
                probe: payments.findCapture,
                when: \.costsSomething
            ) { state, step in
                try await payments.capture(state, step)
            }
            Retriable("confirm order") { state, step in
                try await orders.confirm(state, step)
            }
        }
    }
}
