import Marketplace
import MarketplaceTestKit
import Testing

struct PaymentWebhooksTests {
    private static let id = PaymentShop.payment
    private static let authenticator = InsecureMessageAuthenticator(forTestsOnly: "webhook")

    private static func won(_ amount: Int64) -> Money { PaymentShop.won(amount) }

    private static func notice(
        _ kind: PaymentOperationKind,
        _ amount: Money? = won(100),
        key: IdempotencyKey? = nil,
        event: GatewayEventID = "evt-1",
        subject: GatewayNotice.Subject = .payment(id),
        isPerformed: Bool = true
    ) -> GatewayNotice {
        GatewayNotice(
            event: event,
            subject: subject,
            kind: kind,
            isPerformed: isPerformed,
            key: key,
            amount: amount,
            reference: GatewayReference(id),
            at: .epoch
        )
    }

    private static func webhooks(_ shop: PaymentShop, _ payments: Payments? = nil) -> PaymentWebhooks {
        PaymentWebhooks(
            in: shop.environment(),
            payments: payments ?? shop.payments(),
            authenticator: authenticator,
            format: CodecWebhookFormat(.json)
        )
    }

    @discardableResult
    private static func send(_ notice: GatewayNotice, to webhooks: PaymentWebhooks) async throws
        -> PaymentWebhookOutcome
    {
        let body = try JSONPayloadCodec.json.encode(notice)
        return try await webhooks.receive(body: body, signature: authenticator.code(of: body))
    }

    // A refund that became store credit, of which the gateway was told nothing, answered for another one.
    @Test func aNoticeOfARefundIsNotAnsweredForByOneThatBecomesStoreCredit() async throws {
        let shop = PaymentShop()
        try await shop.captured()
        func credit(_ key: IdempotencyKey, over store: (any Store)? = nil) async throws {
            try await shop.payments(over: store)
                .refund(Self.id, Self.won(30), to: .storeCredit, by: .system, key: key)
        }
        try await credit("done")
        let faulty = FaultInjectingStore(shop.base)
        faulty.inject(.crashBefore, atCommit: 2)
        _ = try? await credit("begun", over: faulty)
        #expect(try await shop.load().keysUnderWay(.refund) == [PaymentShop.key("refund/begun")])
        let notices = [
            Self.notice(.refund, Self.won(30), event: "keyless"),
            Self.notice(.refund, Self.won(30), key: PaymentShop.key("refund/begun"), event: "begun"),
            Self.notice(.refund, Self.won(30), key: PaymentShop.key("refund/done"), event: "done"),
        ]
        for notice in notices {
            let outcome = try await Self.send(notice, to: Self.webhooks(shop))
            #expect(outcome == .kept(.unconfirmed), "\(notice)")
        }
        #expect(try await shop.load().keysUnderWay(.refund) == [PaymentShop.key("refund/begun")])
    }

    /// A payment with an operation of that kind under way that the gateway has never seen.
    private static func underWay(_ kind: PaymentOperationKind) async throws -> PaymentShop {
        var script = GatewayScript.approving
        let suffix = kind == .authorize ? "authorize" : "\(kind.rawValue)/k"
        script[PaymentShop.key(suffix)] = [.timeOutBeforeEffect]
        let shop = PaymentShop(script)
        switch kind {
        case .authorize: try await shop.begun()
        case .capture, .void: try await shop.authorized()
        case .refund: try await shop.captured()
        }
        _ = await paymentError { () async throws(PaymentError) in try await call(kind, at: shop.payments()) }
        #expect(try await shop.load().keysUnderWay(kind).count == 1)
        return shop
    }

    private static func call(_ kind: PaymentOperationKind, at payments: Payments) async throws(PaymentError) {
        switch kind {
        case .authorize: try await payments.authorize(id, confirming: won(100), by: .system, key: "k")
        case .capture: try await payments.capture(id, by: .system, key: "k")
        case .void: try await payments.void(id, by: .system, key: "k")
        case .refund: try await payments.refund(id, by: .system, key: "k")
        }
    }

    @Test func aWebhookThatIsNotAuthenticIsNotEvenRead() async throws {
        let shop = try await Self.underWay(.capture)
        let webhooks = Self.webhooks(shop)
        let body = Array("not JSON".utf8)
        await #expect(throws: PaymentWebhookError.notAuthentic) {
            try await webhooks.receive(body: body, signature: [1, 2, 3])
        }
        await #expect(throws: PaymentWebhookError.self) {
            try await webhooks.receive(body: body, signature: Self.authenticator.code(of: body))
        }
        let long = [UInt8](repeating: 0, count: PaymentWebhooks.maximumBodyBytes + 1)
        await #expect(
            throws: PaymentWebhookError.tooLong(byteCount: long.count, maximum: PaymentWebhooks.maximumBodyBytes)
        ) { try await webhooks.receive(body: long, signature: Self.authenticator.code(of: long)) }
        #expect(try await webhooks.kept().isEmpty)
        #expect(try await shop.load().amounts?.captured == Self.won(0))
    }

    @Test(arguments: PaymentOperationKind.allCases, [true, false])
    func anEarlyWebhookResolvesWhatIsUnderWayAndTheAnswerThenChangesNothing(
        _ kind: PaymentOperationKind,
        _ namesKey: Bool
    ) async throws {
        let shop = try await Self.underWay(kind)
        let webhooks = Self.webhooks(shop)
        let key = try await shop.load().keysUnderWay(kind).first
        // The gateway does it now, and its webhook is faster than its answer.
        let before = try await shop.load()
        let notice = Self.notice(kind, key: namesKey ? key : nil)
        #expect(try await Self.send(notice, to: webhooks) == .applied(Self.id))
        let after = try await shop.load()
        #expect(after != before)
        #expect(after.keysUnderWay(kind).isEmpty)
        try await Self.call(kind, at: shop.payments())
        #expect(try await shop.load() == after)
        #expect(try await Self.send(notice, to: webhooks) == .duplicate)
        let again = Self.notice(kind, key: namesKey ? key : nil, event: "evt-2")
        #expect(try await Self.send(again, to: webhooks) == .applied(Self.id))
        #expect(try await shop.load() == after)
        #expect(try await webhooks.kept().isEmpty)
    }

    @Test func aLateWebhookChangesNothing() async throws {
        let shop = PaymentShop()
        try await shop.captured()
        let before = try await shop.load()
        let webhooks = Self.webhooks(shop)
        #expect(try await Self.send(Self.notice(.authorize), to: webhooks) == .applied(Self.id))
        let captured = Self.notice(.capture, key: PaymentShop.key("capture/capture"), event: "evt-2")
        #expect(try await Self.send(captured, to: webhooks) == .applied(Self.id))
        #expect(try await shop.load() == before)
    }

    @Test func aWebhookOfARefusalEndsTheOperation() async throws {
        let shop = try await Self.underWay(.refund)
        let key = try await shop.load().keysUnderWay(.refund).first
        let notice = Self.notice(.refund, key: key, isPerformed: false)
        #expect(try await Self.send(notice, to: Self.webhooks(shop)) == .applied(Self.id))
        #expect(try await shop.load().amounts?.pendingRefunds == Self.won(0))
    }

    @Test func aCaptureToldOfBeforeItsAuthorizationIsAppliedByProbing() async throws {
        // The gateway has done both, and neither answer came through.
        var script = GatewayScript.approving
        script[PaymentShop.key("authorize")] = [.timeOutAfterEffect]
        let shop = PaymentShop(script)
        try await shop.begun()
        let blind = BlindGateway(gateway: shop.gateway)
        _ = await paymentError { () async throws(PaymentError) in
            try await shop.payments(at: blind)
                .authorize(Self.id, confirming: Self.won(100), by: .system, key: "a")
        }
        _ = try await shop.gateway.capture(Self.won(100), of: Self.id, key: "by hand")
        #expect(try await shop.load().status == .created)
        let outcome = try await Self.send(Self.notice(.capture, key: "by hand"), to: Self.webhooks(shop))
        #expect(outcome == .applied(Self.id))
        #expect(try await shop.load().amounts?.captured == Self.won(100))
        try await shop.expectAgreement()
    }

    @Test func aCaptureThatCannotBeConfirmedYetIsKeptUntilItsAuthorizationIsTold() async throws {
        let shop = PaymentShop()
        try await shop.begun()
        let webhooks = Self.webhooks(shop)
        _ = try await shop.gateway.authorize(Self.won(100), for: Self.id, key: "checkout/authorize")
        _ = try await shop.gateway.capture(Self.won(100), of: Self.id, key: "checkout/capture")
        let capture = Self.notice(.capture, key: "checkout/capture")
        #expect(try await Self.send(capture, to: webhooks) == .kept(.outOfOrder))
        #expect(try await webhooks.kept().map(\.notice) == [capture])
        let authorize = Self.notice(.authorize, key: "checkout/authorize", event: "evt-2")
        #expect(try await Self.send(authorize, to: webhooks) == .applied(Self.id))
        #expect(try await webhooks.kept().isEmpty)
        try await shop.expectAgreement()
        #expect(try await shop.load().status == .captured)
    }

    @Test func aNoticeOfAnUnknownPaymentIsKeptListedAndAppliedOnceItIsKnown() async throws {
        let shop = PaymentShop()
        let webhooks = Self.webhooks(shop)
        let notice = Self.notice(.authorize, key: PaymentShop.key("authorize"))
        #expect(try await Self.send(notice, to: webhooks) == .kept(.unknownPayment))
        #expect(try await Self.send(notice, to: webhooks) == .kept(.unknownPayment))
        #expect(try await webhooks.kept().map(\.reason) == [.unknownPayment])
        #expect(try await webhooks.sweep().dealtWithCount == 0)
        try await shop.authorized()
        #expect(try await webhooks.sweep().dealtWithCount == 1)
        #expect(try await webhooks.kept().isEmpty)
        #expect(try await Self.send(notice, to: webhooks) == .duplicate)
    }

    @Test func aPaymentIsFoundByWhatTheGatewayCallsIt() async throws {
        let shop = PaymentShop()
        try await shop.authorized()
        let reference = GatewayReference(Self.id)
        let notice = Self.notice(.authorize, subject: .reference(reference))
        #expect(try await Self.send(notice, to: Self.webhooks(shop)) == .applied(Self.id))
        let other = Self.notice(.authorize, event: "evt-2", subject: .reference("somebody else's"))
        #expect(try await Self.send(other, to: Self.webhooks(shop)) == .kept(.unknownPayment))
    }

    @Test func aWrongAmountOrCurrencyIsADiscrepancyAndIsNotApplied() async throws {
        let shop = try await Self.underWay(.capture)
        let webhooks = Self.webhooks(shop)
        let before = try await shop.load()
        let key = PaymentShop.key("capture/k")
        let wrong: [Money] = [Self.won(99), Money(minorUnits: 100, .usd), Self.won(-100)]
        for (number, amount) in wrong.enumerated() {
            let event = try GatewayEventID("evt \(number)")
            let outcome = try await Self.send(Self.notice(.capture, amount, key: key, event: event), to: webhooks)
            guard case .discrepancy = outcome else {
                Issue.record("\(amount): \(outcome)")
                continue
            }
        }
        #expect(try await shop.load() == before)
        let listed = try await shop.payments().discrepancies(by: PaymentShop.staff)
        #expect(listed.count == 3)
        #expect(try await webhooks.kept().isEmpty)
        for discrepancy in listed {
            try await shop.payments().settle(discrepancy.id, as: .notDone, by: PaymentShop.staff)
        }
        #expect(try await shop.payments().discrepancies(by: PaymentShop.staff).isEmpty)
    }

    @Test func aNoticeThatContradictsTheGatewaysOwnRecordIsADiscrepancy() async throws {
        let shop = PaymentShop()
        try await shop.captured()
        let key = PaymentShop.key("capture/capture")
        let outcome = try await Self.send(
            Self.notice(.capture, key: key, isPerformed: false),
            to: Self.webhooks(shop)
        )
        guard case .discrepancy(let discrepancy) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(discrepancy.cause == .contradictory)
    }

    @Test func aRefundMadeByHandAtTheGatewayIsRecorded() async throws {
        let shop = PaymentShop()
        try await shop.captured()
        _ = try await shop.gateway.refund(Self.won(30), of: Self.id, key: "console-1")
        let notice = Self.notice(.refund, Self.won(30), key: "console-1")
        #expect(try await Self.send(notice, to: Self.webhooks(shop)) == .applied(Self.id))
        #expect(try await shop.load().amounts?.refunded == Self.won(30))
        try await shop.expectAgreement()
    }

    @Test(arguments: 1...12)
    func theSameNoticesInAnyOrderAndAtOnceLeadToTheSamePayment(_ seed: UInt64) async throws {
        let shop = PaymentShop(seed: seed)
        try await shop.begun()
        for key: IdempotencyKey in ["x/authorize"] {
            _ = try await shop.gateway.authorize(Self.won(100), for: Self.id, key: key)
        }
        _ = try await shop.gateway.capture(Self.won(60), of: Self.id, key: "x/1")
        _ = try await shop.gateway.capture(Self.won(40), of: Self.id, key: "x/2")
        _ = try await shop.gateway.refund(Self.won(50), of: Self.id, key: "x/3")
        let notices = [
            Self.notice(.authorize, key: "x/authorize", event: "e0"),
            Self.notice(.capture, Self.won(60), key: "x/1", event: "e1"),
            Self.notice(.capture, Self.won(40), key: "x/2", event: "e2"),
            Self.notice(.refund, Self.won(50), key: "x/3", event: "e3"),
        ]
        var random = SeededGenerator(seed: seed)
        let shuffled = (notices + notices).shuffled(using: &random)
        await withTaskGroup(of: Void.self) { group in
            for notice in shuffled {
                group.addTask {
                    let webhooks = PaymentWebhooks(
                        in: shop.environment(),
                        payments: shop.payments(),
                        authenticator: Self.authenticator,
                        format: CodecWebhookFormat(.json)
                    )
                    _ = try? await Self.send(notice, to: webhooks)
                }
            }
        }
        while try await Self.webhooks(shop).sweep().dealtWithCount > 0 {}
        #expect(try await Self.webhooks(shop).kept().isEmpty, "seed \(seed)")
        #expect(try await shop.payments().discrepancies(by: PaymentShop.staff).isEmpty, "seed \(seed)")
        let amounts = try await shop.load().amounts
        #expect(amounts?.captured == Self.won(100), "seed \(seed)")
        #expect(amounts?.refunded == Self.won(50), "seed \(seed)")
    }

    @Test func whatWasDealtWithIsForgottenAfterItsRetention() async throws {
        let shop = PaymentShop()
        try await shop.authorized()
        let webhooks = Self.webhooks(shop)
        try await Self.send(Self.notice(.authorize), to: webhooks)
        shop.clock.advance(by: PaymentWebhooks.defaultRetention + .seconds(1))
        _ = try await webhooks.sweep()
        #expect(try await shop.base.documents(matching: .all(of: "payment-notices", limit: 10)).documents.isEmpty)
        #expect(try await Self.send(Self.notice(.authorize), to: webhooks) == .applied(Self.id))
    }
}

/// A gateway that can be asked, and never tells.
private struct BlindGateway: PaymentGateway {
    let gateway: any PaymentGateway

    func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt {
        try await gateway.perform(request)
    }

    func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp {
        throw .unreachable
    }
}
