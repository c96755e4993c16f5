import Marketplace
import MarketplaceTestKit
import Testing

/// One that fails stops none behind it, and many that are stuck hide none that came later.
struct PaymentSweepTests {
    private static let authenticator = InsecureMessageAuthenticator(forTestsOnly: "webhook")

    private static func id(_ number: Int) -> PaymentID { PaymentID(bits: UInt128(3_000 + number)) }

    private static func webhooks(_ shop: PaymentShop, over store: any Store) -> PaymentWebhooks {
        PaymentWebhooks(
            in: shop.environment(over: store),
            payments: shop.payments(over: store),
            authenticator: authenticator,
            format: CodecWebhookFormat(.json)
        )
    }

    private static func send(_ number: Int, to webhooks: PaymentWebhooks) async throws {
        let notice = GatewayNotice(
            event: GatewayEventID(stringLiteral: "evt-\(number)"),
            subject: .payment(id(number)),
            kind: .authorize,
            key: IdempotencyKey(stringLiteral: "\(id(number))/authorize"),
            amount: PaymentShop.won(100),
            reference: "ref",
            at: .epoch
        )
        let body = try JSONPayloadCodec.json.encode(notice)
        let outcome = try await webhooks.receive(body: body, signature: authenticator.code(of: body))
        #expect(outcome == .kept(.unknownPayment))
    }

    @Test func aNoticeThatFailsStopsNoneBehindIt() async throws {
        let shop = PaymentShop()
        for number in 1...3 {
            try await Self.send(number, to: Self.webhooks(shop, over: shop.base))
            shop.clock.advance(by: .seconds(1))
        }
        for number in 1...3 { try await shop.authorized(Self.id(number)) }
        let unlucky = "evt-1"
        let faulty = FaultInjectingStore(shop.base) { _, transaction in
            let isDone = transaction.writes.contains { write in
                write.key.id.text == unlucky && !write.indexEntries.contains { $0.index == "turn" }
            }
            return isDone ? .unavailable : nil
        }
        let sweep = try await Self.webhooks(shop, over: faulty).sweep()
        #expect(sweep.dealtWithCount == 2)
        #expect(sweep.failures.map(\.event) == ["evt-1"])
        let again = try await Self.webhooks(shop, over: shop.base).sweep()
        #expect(again.dealtWithCount == 1 && again.failures.isEmpty)
    }

    @Test func manyNoticesThatHaveToWaitHideNoneThatCameLater() async throws {
        let shop = PaymentShop()
        let webhooks = Self.webhooks(shop, over: shop.base)
        for number in 1...6 {
            try await Self.send(number, to: webhooks)
            shop.clock.advance(by: .seconds(1))
        }
        // The last one can be dealt with, and only two are tried at a time.
        try await shop.authorized(Self.id(6))
        var dealtWith = 0
        for _ in 0..<3 {
            shop.clock.advance(by: .seconds(60))
            dealtWith += try await webhooks.sweep(limit: 2).dealtWithCount
        }
        #expect(dealtWith == 1)
        #expect(try await webhooks.kept().count == 5)
    }

    @Test func manyOperationsThatCannotBeResolvedHideNoneThatBeganLater() async throws {
        let shop = PaymentShop()
        let silent = SilentGateway(shop.gateway) { key in key.text != "\(Self.id(6))/authorize" }
        let configuration = PaymentsConfiguration(sweepLimit: 2)
        let payments = Payments(in: shop.environment(), gateway: silent, configuration: configuration)
        for number in 1...6 {
            try await shop.begun(Self.id(number))
            _ = await paymentError { () async throws(PaymentError) in
                try await Payments(in: shop.environment(), gateway: SilentGateway(shop.gateway) { _ in true })
                    .authorize(Self.id(number), confirming: PaymentShop.won(100), by: .system, key: "a")
            }
            shop.clock.advance(by: .seconds(1))
        }
        var performed = 0
        for _ in 0..<3 {
            shop.clock.advance(by: .seconds(61))
            let sweep = try await payments.resolveUnknown()
            performed += sweep.performedCount
            #expect(sweep.open.count + sweep.performedCount == 2)
        }
        #expect(performed == 1)
        #expect(try await shop.load(Self.id(6)).status == .authorized)
    }
}

/// A gateway that answers nothing about some keys.
struct SilentGateway: PaymentGateway {
    private let gateway: any PaymentGateway
    private let isSilent: @Sendable (IdempotencyKey) -> Bool

    init(_ gateway: any PaymentGateway, about isSilent: @escaping @Sendable (IdempotencyKey) -> Bool) {
        self.gateway = gateway
        self.isSilent = isSilent
    }

    func perform(_ request: GatewayRequest) async throws(PaymentGatewayError) -> GatewayReceipt {
        if isSilent(request.key) { throw .timedOut }
        return try await gateway.perform(request)
    }

    func lookUp(_ key: IdempotencyKey) async throws(PaymentGatewayError) -> GatewayLookUp {
        if isSilent(key) { throw .timedOut }
        return try await gateway.lookUp(key)
    }
}
