import MarketplaceCore
import MarketplaceDomain
import MarketplaceSagas

extension Checkout {
    /// Pay first: nobody keeps stock from others without having paid.
    static func payFirst(
        orders: OrderDesk,
        stock: StockDesk,
        payments: PaymentDesk,
        pricing: PricingDesk,
        coupons: CouponDesk,
        configuration: CheckoutConfiguration
    ) -> SagaDefinition<CheckoutState> {
        let retry = configuration.retry
        let webhookLimit = configuration.paymentConfirmation.limit
        return SagaDefinition(name, version: 6) {
            pricing.step(retry: retry)
            Step("create order", retry: retry, onUnknown: .retry) { state, step in
                try await orders.create(state, step)
            } undo: { state, _, step in
                try await orders.fail(state, step)
            }
            coupons.holdStep(retry: retry)
            // Before the money: a payment may be waited for longer than any hold lasts.
            coupons.redeemStep(retry: retry)
            Step(
                CheckoutStep.charge,
                into: \.charge,
                timeout: configuration.gatewayTimeout,
                retry: retry,
                onUnknown: .retry,
                when: \.costsSomething
            ) { state, step in
                try await payments.charge(state, step)
            } undo: { state, _, step in
                // The pivot is not undone, but a call of it that comes late would take stock for a failed order.
                try await stock.release(state, step)
                try await payments.giveBack(state, step)
            }
            AwaitSignal(
                paymentWebhook,
                into: \.notice,
                within: webhookLimit,
                when: { webhookLimit != nil && $0.isTakenAtGateway }
            )
            Pivot("take stock", into: \.isReserved, retry: retry, probe: stock.findTaken) { state, step in
                try await stock.take(state, step)
            }
            Retriable("confirm order") { state, step in
                try await orders.confirm(state, step)
            }
        }
    }
}
