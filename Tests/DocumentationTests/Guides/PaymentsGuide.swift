import Marketplace
import Testing

struct PaymentsGuide {
    private let environment = ServiceEnvironment(
        store: InMemoryStore(),
        codec: .json,
        identifiers: TimeOrderedIdentifiers(clock: .system)
    )
    private let buyer = MemberID(bits: 17)
    private let staff = CommandActor.operator(MemberID(bits: 1))

    @Test func aPaymentIsAuthorizedCapturedAndRefunded() async throws {
        let gateway = ScriptedPaymentGateway()
        let order = OrderID(bits: 4_711)
        // guide: Payments
        let cipher = InsecureFieldCipher(forTestsOnly: "key of 2026")  // `MarketplaceCrypto` has the real one
        let methods = PaymentMethods(in: environment, cipher: cipher)
        let payments = Payments(in: environment, gateway: gateway, methods: methods)

        let card = try await methods.add(
            try PaymentToken("tok_visa"),  // what the gateway calls the card; a card number is refused
            try PaymentMethodLabel(brand: "Visa", lastFour: "4242"),
            for: buyer,
            by: .buyer(buyer),
            key: "add card"
        )
        let total = Money(minorUnits: 49_90, .eur)
        let id: PaymentID = environment.identifiers.next()
        try await payments.begin(id, for: order, buyer: buyer, amount: total, by: .system, key: "order 4711")
        try await payments.authorize(id, confirming: total, with: card.id, by: .buyer(buyer), key: "confirm")
        try await payments.capture(id, Money(minorUnits: 20_00, .eur), by: .system, key: "parcel 1")
        try await payments.capture(id, by: .system, key: "parcel 2")  // all that is left
        try await payments.refund(id, Money(minorUnits: 5_00, .eur), by: staff, key: "scratched cup")

        // A job, every minute: whatever crashed or was not answered is looked up at the gateway.
        let sweep = try await payments.resolveUnknown()
        // end of guide
        #expect(sweep.open.isEmpty)
        let payment = try #require(try await payments.payment(id, by: staff))
        #expect(payment.amounts?.captured == total)
        #expect(payment.amounts?.refunded == Money(minorUnits: 5_00, .eur))
    }

    @Test func severalTendersPayForOnePurchase() async throws {
        let order = OrderID(bits: 4_711)
        let gateway = ScriptedPaymentGateway()
        let inventory = InMemoryInventory()
        try inventory.record(.restock(id: MovementID(bits: 1), sku: "lamp", quantity: .one, at: .epoch))
        let checkout = Checkout(
            store: environment.store,
            inventory: inventory,
            gateway: gateway,
            codec: environment.codec,
            identifiers: environment.identifiers
        )
        // guide: Store credit and several tenders
        let credits = StoreCredits(in: environment)
        try await credits.grant(Money(minorUnits: 15_00, .eur), to: buyer, by: staff, key: "apology 12")

        let lamp = OrderLine(sku: "lamp", quantity: .one, unitPrice: Money(minorUnits: 49_90, .eur))
        let request = CheckoutRequest(
            order: order,
            buyer: buyer,
            lines: [lamp],
            tenders: [.storeCredit(), .gateway()]  // 15.00 of store credit, 34.90 by the gateway
        )
        let outcome = try await checkout.place(request)

        let purchase = PaymentID(bits: order.bits)
        let amount = Money(minorUnits: 40_00, .eur)
        try await checkout.payments.refundPurchase(purchase, amount, by: staff, key: "scratched")
        // 34.90 by the gateway first, then 5.10 of store credit
        // end of guide
        guard case .confirmed = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(try gateway.entries().totals()[purchase]?.refunded == Money(minorUnits: 34_90, .eur))
        #expect(try await credits.balance(of: buyer, .eur, by: .system).available == Money(minorUnits: 5_10, .eur))
    }
}
