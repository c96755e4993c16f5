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
        let payment = try #require(try await payments.payment(id))
        #expect(payment.amounts?.captured == total)
        #expect(payment.amounts?.refunded == Money(minorUnits: 5_00, .eur))
    }

    @Test func severalTendersPayForOnePurchase() async throws {
        let id = PaymentID(bits: 1)
        // guide: Store credit and several tenders
        let credits = StoreCredits(in: environment)
        try await credits.grant(Money(minorUnits: 15_00, .eur), to: buyer, by: staff, key: "apology 12")

        let total = Money(minorUnits: 49_90, .eur)
        let available = try await credits.balance(of: buyer, .eur, by: .buyer(buyer)).available
        var plan = try TenderPlan(
            total: total,
            offers: [TenderOffer(.storeCredit, upTo: available), TenderOffer(.gateway(id))]
        )
        // 15.00 of store credit, 34.90 by the gateway
        try await credits.hold(plan.tenders[0].amount, of: buyer, by: .buyer(buyer), key: "order 4711")
        try await credits.spend("order 4711", of: buyer, by: .system)  // once the gateway's part is taken

        let back = try plan.refund(Money(minorUnits: 40_00, .eur))
        // 34.90 by the gateway first, then 5.10 of store credit
        // end of guide
        #expect(plan.tenders.map(\.amount.minorUnits) == [15_00, 34_90])
        #expect(back.map(\.amount.minorUnits) == [34_90, 5_10])
        try await credits.restore(back[1].amount, to: "order 4711", of: buyer, by: .system, key: "return 1")
        #expect(try await credits.balance(of: buyer, .eur, by: .system).available == Money(minorUnits: 5_10, .eur))
    }
}
