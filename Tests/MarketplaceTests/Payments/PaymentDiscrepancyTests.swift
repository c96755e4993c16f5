import Marketplace
import MarketplaceTestKit
import Testing

/// What a gateway did that does not fit stands in the way until somebody has looked, and not for ever.
struct PaymentDiscrepancyTests {
    private static let id = PaymentShop.payment

    /// A capture of 100 won that came to 30 at the gateway.
    private static func disputed() async throws -> (shop: PaymentShop, found: PaymentDiscrepancy) {
        let shop = PaymentShop()
        try await shop.authorized()
        _ = try await shop.gateway.capture(PaymentShop.won(30), of: id, key: PaymentShop.key("capture/k"))
        _ = await paymentError { () async throws(PaymentError) in
            try await shop.payments().capture(id, PaymentShop.won(100), by: .system, key: "k")
        }
        let listed = try await shop.payments().discrepancies(by: PaymentShop.staff)
        return (shop, try #require(listed.first))
    }

    @Test func aSettledDiscrepancyStandsInTheWayOfAVoidNoLonger() async throws {
        let (shop, found) = try await Self.disputed()
        let blocked = await paymentError { () async throws(PaymentError) in
            try await shop.payments().void(Self.id, by: PaymentShop.staff, key: "v")
        }
        guard case .rejected(.operationUnderWay(_, .capture)) = blocked else {
            Issue.record("\(String(describing: blocked))")
            return
        }
        for _ in 0..<2 { try await shop.payments().settle(found.id, as: .notDone, by: PaymentShop.staff) }
        #expect(try await shop.load().keysUnderWay(.capture) == [])
        #expect(try await shop.payments().discrepancies(by: PaymentShop.staff) == [])
        let voided = try await shop.payments().void(Self.id, by: PaymentShop.staff, key: "v")
        #expect(voided.status == .voided)
        #expect(voided.settledDiscrepancies == [found.id])
    }

    @Test func whatIsSettledAsDoneIsRecordedInTheAmountThatWasAskedFor() async throws {
        let (shop, found) = try await Self.disputed()
        // The rest is taken at the gateway by hand.
        _ = try await shop.gateway.capture(PaymentShop.won(70), of: Self.id, key: "console")
        try await shop.payments().settle(found.id, as: .done, by: PaymentShop.staff)
        let payment = try await shop.load()
        #expect(payment.status == .captured && payment.amounts?.captured == PaymentShop.won(100))
        try await shop.expectAgreement()
    }

    @Test func anAuthorizationIsSettledAsDoneOnlyWhenTheGatewayKnowsOfIt() async throws {
        var script = GatewayScript.approving
        script[PaymentShop.key("authorize")] = [.timeOutBeforeEffect]
        let shop = PaymentShop(script)
        try await shop.begun()
        _ = await paymentError { () async throws(PaymentError) in
            try await shop.payments().authorize(Self.id, confirming: PaymentShop.won(100), by: .system, key: "a")
        }
        // A notice of another amount.
        let authenticator = InsecureMessageAuthenticator(forTestsOnly: "webhook")
        let webhooks = PaymentWebhooks(
            in: shop.environment(),
            payments: shop.payments(),
            authenticator: authenticator,
            format: CodecWebhookFormat(.json)
        )
        let notice = GatewayNotice(
            event: "evt",
            subject: .payment(Self.id),
            kind: .authorize,
            key: PaymentShop.key("authorize"),
            amount: PaymentShop.won(90),
            reference: "ref",
            at: .epoch
        )
        let body = try JSONPayloadCodec.json.encode(notice)
        guard
            case .discrepancy(let found) = try await webhooks.receive(
                body: body,
                signature: authenticator.code(of: body)
            )
        else {
            Issue.record("no discrepancy")
            return
        }
        let error = await paymentError { () async throws(PaymentError) in
            try await shop.payments().settle(found.id, as: .done, by: PaymentShop.staff)
        }
        #expect(error?.effect == .unknown)
        #expect(try await shop.load().status == .created)
        try await shop.payments().settle(found.id, as: .notDone, by: PaymentShop.staff)
        #expect(try await shop.load().status == .failed)
    }

    @Test func aKeyThatTheGatewayKnowsForSomethingElseFailsNoRefund() async throws {
        let shop = PaymentShop()
        try await shop.captured()
        _ = try await shop.gateway.refund(PaymentShop.won(30), of: Self.id, key: PaymentShop.key("refund/k"))
        let error = await paymentError { () async throws(PaymentError) in
            try await shop.payments().refund(Self.id, PaymentShop.won(60), by: PaymentShop.staff, key: "k")
        }
        guard case .discrepancy(let found) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(found.cause == .amount(expected: PaymentShop.won(60), found: PaymentShop.won(30)))
        let refund = try await shop.load().refunds[PaymentShop.key("refund/k")]
        #expect(refund?.status == .initiated, "30 won have left, and nobody may take that for nothing")
        #expect(PaymentGatewayError.keyReused("k").effect == .unknown)
    }

    @Test func aKeyThatTheGatewayKnowsForSomethingElseFailsNoRefundOfAnOrder() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let payment = PaymentID(bits: MallFloor.purchase.bits)
        let key = IdempotencyKey(stringLiteral: "\(payment)/refund/\(MallFloor.cupsOrder)/refund/1")
        _ = try await mall.gateway.refund(MallFloor.won(1), of: payment, key: key)
        do {
            try await mall.orders.cancel(
                MallFloor.cupsOrder,
                because: .buyerRequest,
                by: MallFloor.asBuyer,
                key: "cancel"
            )
            Issue.record("it went through")
        } catch {
            #expect(error.effect == .unknown, "\(error)")
        }
        let events = try await mall.store.events(in: StreamID("payment", TextKey(payment)), from: .first, limit: 100)
        #expect(!events.contains { $0.name == RefundFailed.eventName })
    }

    @Test(arguments: CommandParty.allCases)
    func onlyWhoMaySeesPaymentsAndDiscrepancies(_ party: CommandParty) async throws {
        let (shop, found) = try await Self.disputed()
        let actor: CommandActor =
            switch party {
            case .visitor: .visitor
            case .member: .buyer(PaymentShop.stranger)
            case .owner: .buyer(PaymentShop.buyer)
            case .seller, .otherSeller: .seller(SellerID(bits: 1))
            case .operator: PaymentShop.staff
            case .system: .system
            }
        let staff: Set<CommandParty> = [.operator, .system]
        let read = await paymentError { () async throws(PaymentError) in
            _ = try await shop.payments().payment(Self.id, by: actor)
        }
        #expect((read == nil) == staff.union([.owner]).contains(party))
        let listed = await paymentError { () async throws(PaymentError) in
            #expect(try await shop.payments().discrepancies(by: actor) == [found])
        }
        #expect((listed == nil) == staff.contains(party))
        let unknown = await paymentError { () async throws(PaymentError) in
            #expect(try await shop.payments().payment(PaymentID(bits: 404), by: actor) == nil)
        }
        #expect((unknown == nil) == staff.contains(party), "nobody finds out by asking what there is")
    }
}
