import Marketplace
import MarketplaceTestKit
import Testing

struct PaymentMethodsTests {
    private static let buyer = PaymentShop.buyer
    private static let owner = CommandActor.buyer(PaymentShop.buyer)

    private static func methods(
        _ shop: PaymentShop,
        _ cipher: any FieldCipher = InsecureFieldCipher(forTestsOnly: "2026")
    ) -> PaymentMethods {
        PaymentMethods(in: shop.environment(), cipher: cipher)
    }

    @discardableResult
    private static func add(
        _ number: Int,
        to methods: PaymentMethods
    ) async throws -> SavedPaymentMethod {
        try await methods.add(
            try PaymentToken("tok_\(number)_secret"),
            try PaymentMethodLabel(brand: "Visa", lastFour: "4242"),
            for: buyer,
            by: owner,
            key: IdempotencyKey(stringLiteral: "add \(number)")
        )
    }

    @Test func theFirstMethodIsTheDefaultUntilAnotherIsChosenOrItIsRemoved() async throws {
        let methods = Self.methods(PaymentShop())
        let first = try await Self.add(1, to: methods)
        let second = try await Self.add(2, to: methods)
        #expect(first.isDefault && !second.isDefault)
        #expect(first.label.description == "Visa •••• 4242")
        try await methods.makeDefault(second.id, of: Self.buyer, by: Self.owner)
        #expect(try await methods.list(of: Self.buyer, by: Self.owner).map(\.id) == [second.id, first.id])
        try await methods.remove(second.id, of: Self.buyer, by: Self.owner)
        try await methods.remove(second.id, of: Self.buyer, by: Self.owner)
        let left = try await methods.list(of: Self.buyer, by: Self.owner)
        #expect(left.map(\.id) == [first.id] && left[0].isDefault)
    }

    @Test func aRepeatedAdditionSavesOneAndALateOneDoesNotBringItBack() async throws {
        let methods = Self.methods(PaymentShop())
        let first = try await Self.add(1, to: methods)
        #expect(try await Self.add(1, to: methods) == first)
        #expect(try await methods.list(of: Self.buyer, by: Self.owner).count == 1)
        try await methods.remove(first.id, of: Self.buyer, by: Self.owner)
        await #expect(throws: PaymentMethodError.refused(.removed(first.id))) { try await Self.add(1, to: methods) }
    }

    @Test func thereAreAsManyMethodsAsThereMayBe() async throws {
        let methods = Self.methods(PaymentShop())
        for number in 0..<PaymentMethods.maximumMethods { try await Self.add(number, to: methods) }
        await #expect(throws: PaymentMethodError.refused(.tooMany(maximum: 16))) {
            try await Self.add(99, to: methods)
        }
    }

    @Test func nothingThatIsStoredShowsATokenAndNoEventTellsOfIt() async throws {
        let shop = PaymentShop()
        try await Self.add(1, to: Self.methods(shop))
        let stored = try await shop.base.documents(matching: .all(of: "payment-wallets", limit: 10)).documents
        #expect(stored.count == 1)
        let text = String(decoding: stored[0].body, as: UTF8.self)
        #expect(!text.contains("secret"))
        #expect(text.contains("4242"))
        let feed = try await shop.base.events(after: .start, matching: .all, limit: 10)
        #expect(feed.events.isEmpty)
        #expect("\(try PaymentToken("tok_secret"))" == "••••")
        var dumped = ""
        dump(try PaymentToken("tok_secret"), to: &dumped)
        #expect(!dumped.contains("secret"))
    }

    @Test func whatAnOldKeySealedIsSealedAgainOnceAndStillOpens() async throws {
        let shop = PaymentShop()
        let saved = try await Self.add(1, to: Self.methods(shop))
        let rotated = Self.methods(shop, InsecureFieldCipher(forTestsOnly: "2026", "2027"))
        #expect(try await rotated.reseal() == 1)
        #expect(try await rotated.reseal() == 0)
        // The old key is gone: a purchase with the method goes through all the same.
        let newest = Self.methods(shop, InsecureFieldCipher(forTestsOnly: "2027"))
        try await shop.begun()
        let gateway = RecordingGateway(gateway: shop.gateway)
        try await shop.payments(at: gateway, methods: newest).authorize(
            PaymentShop.payment,
            confirming: PaymentShop.won(100),
            with: saved.id,
            by: Self.owner,
            key: "a"
        )
        #expect(gateway.instruments == ["tok_1_secret"])
    }

    @Test func onlyTheOwnerAddsAndUsesAMethod() async throws {
        let shop = PaymentShop()
        let methods = Self.methods(shop)
        let saved = try await Self.add(1, to: methods)
        let stranger = CommandActor.buyer(PaymentShop.stranger)
        await #expect(throws: PaymentMethodError.self) { try await methods.list(of: Self.buyer, by: stranger) }
        await #expect(throws: PaymentMethodError.self) {
            try await methods.remove(saved.id, of: Self.buyer, by: stranger)
        }
        await #expect(throws: PaymentMethodError.self) {
            try await methods.makeDefault(saved.id, of: Self.buyer, by: stranger)
        }
        await #expect(throws: PaymentMethodError.self) { try await methods.erase(Self.buyer, by: stranger) }
        // A method of somebody else does not pay for one's own payment either.
        try await shop.payments().begin(
            PaymentID(bits: 77),
            for: PaymentShop.order,
            buyer: PaymentShop.stranger,
            amount: PaymentShop.won(5),
            by: .system,
            key: "b"
        )
        let error = await paymentError { () async throws(PaymentError) in
            try await shop.payments(methods: methods).authorize(
                PaymentID(bits: 77),
                confirming: PaymentShop.won(5),
                with: saved.id,
                by: stranger,
                key: "a"
            )
        }
        #expect(error == .method(.refused(.unknownMethod(saved.id))))
        #expect(try shop.gateway.entries().isEmpty)
    }

    @Test func anAuthorizationWhoseMethodIsGoneIsGivenUpForGood() async throws {
        var script = GatewayScript.approving
        script[PaymentShop.key("authorize")] = [.timeOutBeforeEffect]
        let shop = PaymentShop(script)
        let methods = Self.methods(shop)
        let saved = try await Self.add(1, to: methods)
        try await shop.begun()
        let payments = shop.payments(methods: methods)
        let error = await paymentError { () async throws(PaymentError) in
            try await payments.authorize(
                PaymentShop.payment,
                confirming: PaymentShop.won(100),
                with: saved.id,
                by: Self.owner,
                key: "a"
            )
        }
        #expect(error?.effect == .unknown)
        try await methods.erase(Self.buyer, by: Self.owner)
        shop.clock.advance(by: .seconds(61))
        #expect(try await payments.resolveUnknown().refusedCount == 1)
        #expect(try await shop.load().status == .failed)
        try await shop.expectAgreement()
        // What was under way all the time arrives now, and is refused.
        await #expect(throws: PaymentGatewayError.self) {
            try await shop.gateway.authorize(
                PaymentShop.won(100),
                for: PaymentShop.payment,
                key: PaymentShop.key("authorize")
            )
        }
    }

    @Test func aTokenThatWasMovedToAnotherMemberDoesNotOpen() async throws {
        let shop = PaymentShop()
        let methods = Self.methods(shop)
        let saved = try await Self.add(1, to: methods)
        let stored = try #require(
            try await shop.base.document(DocumentKey("payment-wallets", PaymentShop.buyer))
        )
        var transaction = Transaction(id: TransactionID(bits: 1), time: .epoch)
        transaction.write(DocumentWrite(DocumentKey("payment-wallets", PaymentShop.stranger), body: stored.body))
        _ = try await shop.base.commit(transaction)
        try await shop.payments().begin(
            PaymentID(bits: 77),
            for: PaymentShop.order,
            buyer: PaymentShop.stranger,
            amount: PaymentShop.won(5),
            by: .system,
            key: "b"
        )
        let error = await paymentError { () async throws(PaymentError) in
            try await shop.payments(methods: methods).authorize(
                PaymentID(bits: 77),
                confirming: PaymentShop.won(5),
                with: saved.id,
                by: .buyer(PaymentShop.stranger),
                key: "a"
            )
        }
        guard case .method(.failed) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try shop.gateway.entries().isEmpty)
    }

    @Test func aRepeatedConfirmIsAnsweredAlsoWhenItsMethodIsGone() async throws {
        let shop = PaymentShop()
        let methods = Self.methods(shop)
        let saved = try await Self.add(1, to: methods)
        try await shop.begun()
        let payments = shop.payments(methods: methods)
        for _ in 0..<2 {
            let payment = try await payments.authorize(
                PaymentShop.payment,
                confirming: PaymentShop.won(100),
                with: saved.id,
                by: Self.owner,
                key: "a"
            )
            #expect(payment.status == .authorized)
            try await methods.remove(saved.id, of: Self.buyer, by: Self.owner)
        }
    }
}
