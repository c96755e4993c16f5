import Marketplace
import MarketplaceTestKit
import Testing

struct CheckoutGuide {
    @Test func aPurchaseIsPlacedAndReconciled() async throws {
        // guide: Checkout
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        let store = InMemoryStore()
        let inventory = InMemoryInventory()
        let gateway = ScriptedPaymentGateway()
        let configuration = CheckoutConfiguration(holdDuration: .minutes(10), gatewayTimeout: .seconds(30))
        let checkout = Checkout(
            store: store,
            inventory: inventory,
            gateway: gateway,
            codec: .json,
            identifiers: identifiers,
            configuration: configuration
        )
        _ = try await checkout.sagas.recover()  // purchases that an earlier process left on their way
        // end of guide

        try inventory.record(
            .restock(id: identifiers.next(), sku: "espresso", quantity: Quantity(5), at: clock.now)
        )
        // guide: Checkout
        let price = Money(minorUnits: 4_500, .krw)
        let line = OrderLine(sku: "espresso", quantity: .one, unitPrice: price)
        let request = CheckoutRequest(order: identifiers.next(), buyer: identifiers.next(), lines: [line])
        let outcome = try await checkout.place(request)
        let again = try await checkout.place(request)  // the same order: the same purchase
        // end of guide
        guard case .confirmed(let purchase) = outcome, case .confirmed = again else {
            Issue.record("not confirmed")
            return
        }
        #expect(purchase.total == Money(minorUnits: 4_500, .krw))

        // guide: The three ends
        func answer(to request: CheckoutRequest) async -> String {
            do throws(CheckoutError) {
                switch try await checkout.place(request) {
                case .confirmed(let purchase): return "paid: \(purchase.total)"
                case .refused(.stock(.insufficientStock(let sku, _, let available))):
                    return "\(available) of \(sku) left"
                case .refused(.payment(let error)) where error.code == .declined: return "the bank said no"
                case .refused(let refusal): return "\(refusal)"
                case .stuck: return "somebody is looking at it"
                }
            } catch {
                switch error {
                case .invalid(let rejection): return "no such order can exist: \(rejection)"
                case .invalidGroup(let rejection): return "no such group can exist: \(rejection)"
                case .unpriceable(let refusal): return "it has no price: \(refusal)"
                case .forbidden(let refusal): return "not for you: \(refusal)"
                case .saga(let error) where error.effect == .refused: return "not possible: \(error)"
                case .saga(let error): return "ask again with the same order: \(error)"
                }
            }
        }
        // end of guide
        let tea = OrderLine(sku: "tea", quantity: .one, unitPrice: price)
        let unknown = CheckoutRequest(order: identifiers.next(), buyer: identifiers.next(), lines: [tea])
        #expect(await answer(to: request) == "paid: 4500 KRW")
        #expect(await answer(to: unknown) == "tea is not in the inventory")
        #expect(await answer(to: unknown) == "tea is not in the inventory", "what was refused stays refused")
        let empty = CheckoutRequest(order: identifiers.next(), buyer: identifiers.next(), lines: [])
        #expect(await answer(to: empty).hasPrefix("no such order"))

        // guide: Reconciliation
        let orders = Repository(of: Order.self, in: store, codec: .json, identifiers: identifiers)
        let order = try await orders.load(request.order).root
        let payments = Repository(of: Payment.self, in: store, codec: .json, identifiers: identifiers)
        let payment = try await payments.load(PaymentID(bits: request.order.bits)).root
        let moved = try gateway.entries().totals()[PaymentID(bits: request.order.bits)]
        let agrees = order.status == .confirmed && payment.status == .captured && moved?.captured == order.total
        // end of guide
        #expect(agrees)
        #expect(try await inventory.stock(of: "espresso")?.allocated == 1)
    }

    @Test func aPurchaseIsPricedAndItsCouponRedeemed() async throws {
        let clock = SystemWallClock()
        let identifiers = SeededIdentifiers(seed: 1)
        let store = InMemoryStore()
        let inventory = InMemoryInventory()
        try inventory.record(
            .restock(id: identifiers.next(), sku: "espresso", quantity: try Quantity(5), at: clock.now)
        )
        let order: OrderID = identifiers.next()
        let buyer: MemberID = identifiers.next()

        // guide: Promotions and coupons
        let spring = Promotion(
            "spring",
            .percentOff(.percent(20), cap: Money(minorUnits: 1_500, .krw)),
            codes: ["SPRING20"],
            limits: PromotionLimits(total: 500, perMember: 1)
        )
        let redemptions = CouponRedemptions(store: store, codec: .json)
        let promotions = CampaignPromotions(
            [spring],
            codes: CouponCodes(store: store, codec: .json),
            redemptions: redemptions
        )
        let checkout = Checkout(
            store: store,
            inventory: inventory,
            gateway: ScriptedPaymentGateway(),
            codec: .json,
            identifiers: identifiers,
            pricing: CheckoutPricing(promotions: promotions)
        )
        let espresso = BasketLine(
            "1",
            Money(minorUnits: 4_500, .krw),
            quantity: try Quantity(2),
            sku: "espresso"
        )
        var purchase = Purchase(basket: Basket(.krw, lines: [espresso]), codes: ["SPRING20"])
        let quote = try await checkout.quote(purchase, for: buyer)  // 7,500 won: shown to the buyer
        purchase.statedTotal = quote.priced.totals.total
        let outcome = try await checkout.place(CheckoutRequest(order: order, buyer: buyer, purchase: purchase))
        // end of guide
        guard case .confirmed(let bought) = outcome else {
            Issue.record("not confirmed")
            return
        }
        #expect(bought.total == Money(minorUnits: 7_500, .krw))
        #expect(try await redemptions.used(.total, of: "spring") == 1)
    }

    @Test func anOrderThatCostsNothingIsConfirmedWithoutTheGateway() async throws {
        let identifiers = SeededIdentifiers(seed: 1)
        let inventory = InMemoryInventory()
        try inventory.record(.restock(id: identifiers.next(), sku: "tea", quantity: .one, at: .epoch))
        let checkout = Checkout(
            store: InMemoryStore(),
            inventory: inventory,
            gateway: ScriptedPaymentGateway(),
            codec: .json,
            identifiers: identifiers
        )
        let line = OrderLine(sku: "tea", quantity: .one, unitPrice: .zero(.krw))
        let request = CheckoutRequest(order: identifiers.next(), buyer: identifiers.next(), lines: [line])
        guard case .confirmed(let purchase) = try await checkout.place(request) else {
            Issue.record("not confirmed")
            return
        }
        #expect(purchase.authorization == nil)
        #expect(try await inventory.stock(of: "tea")?.allocated == 1)
    }

    @Test func aPurchaseIsPaidFirst() async throws {
        let identifiers = SeededIdentifiers(seed: 1)
        let store = InMemoryStore()
        let inventory = InMemoryInventory()
        let gateway = ScriptedPaymentGateway()
        try inventory.record(.restock(id: identifiers.next(), sku: "tea", quantity: .one, at: .epoch))
        let line = OrderLine(sku: "tea", quantity: .one, unitPrice: Money(minorUnits: 300, .eur))
        let request = CheckoutRequest(order: identifiers.next(), buyer: identifiers.next(), lines: [line])

        // guide: The money first
        let checkout = Checkout(
            store: store,
            inventory: inventory,
            gateway: gateway,
            codec: .json,
            identifiers: identifiers,
            configuration: CheckoutConfiguration(
                flow: .payFirst,
                paymentConfirmation: .webhook(within: .minutes(15)),
                timeLimit: .minutes(30)
            )
        )
        let handle = try await checkout.start(request)
        // `PaymentWebhooks` does this when the gateway's webhook comes in; by hand it is an operator's.
        let notice = try await checkout.paymentConfirmed(order: request.order, by: .system)
        // end of guide
        #expect(notice == .accepted)
        guard case .completed = try await handle.outcome() else {
            Issue.record("not confirmed")
            return
        }
        #expect(try await inventory.stock(of: "tea")?.allocated == 1)
    }

    @Test func aPurchaseIsMadeByEventsAlone() async throws {
        let identifiers = SeededIdentifiers(seed: 1)
        let orderStore = InMemoryStore()
        let paymentStore = InMemoryStore()
        let stockStore = InMemoryStore()
        let gateway = ScriptedPaymentGateway()
        let inventory = StoreInventory(store: stockStore, codec: .json)
        try await inventory.record(.restock(id: identifiers.next(), sku: "tea", quantity: .one, at: .epoch))
        let line = OrderLine(sku: "tea", quantity: .one, unitPrice: Money(minorUnits: 300, .eur))
        let request = CheckoutRequest(order: identifiers.next(), buyer: identifiers.next(), lines: [line])

        // guide: By events alone
        let bus = InMemoryMessageBus()
        func context(_ store: InMemoryStore) -> ParticipantContext {
            ParticipantContext(store: store, bus: bus, codec: .json, identifiers: identifiers, signal: store)
        }
        let purchases = PayFirstChoreography(
            orders: context(orderStore),
            payments: context(paymentStore),
            stock: context(stockStore),
            gateway: gateway,
            inventory: inventory
        )
        try await purchases.orders.place(request)
        try await purchases.catchUp()  // a server calls run() instead
        let order = try await purchases.orders.order(request.order)
        // end of guide
        #expect(order.status == .confirmed)
    }
}
