import Marketplace
import MarketplaceTestKit
import Testing

struct GiftCardsTests {
    private static let buyer = PaymentShop.buyer
    private static let owner = CommandActor.buyer(PaymentShop.buyer)

    private static func won(_ amount: Int64) -> Money { PaymentShop.won(amount) }

    private static func cards(_ shop: PaymentShop, over store: (any Store)? = nil) -> GiftCards {
        GiftCards(
            in: shop.environment(over: store),
            authenticator: InsecureMessageAuthenticator(forTestsOnly: "gift cards")
        )
    }

    private static func available(_ shop: PaymentShop) async throws -> Money {
        try await StoreCredits(in: shop.environment()).balance(of: buyer, .krw, by: owner).available
    }

    @Test func aCardIsIssuedOnceAndRedeemedOnce() async throws {
        let shop = PaymentShop()
        let cards = Self.cards(shop)
        let code = try await cards.issue(Self.won(500), by: PaymentShop.staff, key: "card 1")
        #expect(try await cards.issue(Self.won(500), by: PaymentShop.staff, key: "card 1") == code)
        #expect(try await cards.issue(Self.won(500), by: PaymentShop.staff, key: "card 2") != code)
        await #expect(throws: GiftCardError.refused(.keyReused("card 1", amount: Self.won(500)))) {
            try await cards.issue(Self.won(501), by: PaymentShop.staff, key: "card 1")
        }
        #expect(try await cards.balance(of: code, by: Self.owner) == Self.won(500))
        let entered = try GiftCardCode(code.printed.lowercased())
        for _ in 0..<2 { try await cards.redeem(entered, to: Self.buyer, by: Self.owner, key: "redeem") }
        #expect(try await Self.available(shop) == Self.won(500))
        #expect(try await cards.balance(of: code, by: Self.owner) == Self.won(0))
        let other = CommandActor.buyer(PaymentShop.stranger)
        await #expect(throws: GiftCardError.refused(.alreadyRedeemed)) {
            try await cards.redeem(code, to: PaymentShop.stranger, by: other, key: "redeem")
        }
    }

    @Test func nobodyRedeemsForSomebodyElseOrGuesses() async throws {
        let shop = PaymentShop()
        let cards = Self.cards(shop)
        let code = try await cards.issue(Self.won(500), by: .system, key: "card")
        let stranger = CommandActor.buyer(PaymentShop.stranger)
        await #expect(throws: GiftCardError.self) {
            try await cards.redeem(code, to: Self.buyer, by: stranger, key: "r")
        }
        await #expect(throws: GiftCardError.self) { try await cards.issue(Self.won(5), by: Self.owner, key: "mine") }
        await #expect(throws: GiftCardError.self) { try await cards.balance(of: code, by: .visitor) }
        let guess = try GiftCardCode("AAAAA-AAAAA-AAAAA-AAAAA-AAAA")
        await #expect(throws: GiftCardError.refused(.unknownCode)) {
            try await cards.redeem(guess, to: Self.buyer, by: Self.owner, key: "r")
        }
        #expect(try await Self.available(shop) == Self.won(0))
    }

    @Test func aCardAndTheCreditItGivesExpireTogether() async throws {
        let shop = PaymentShop()
        let cards = Self.cards(shop)
        let expiry = shop.clock.wall.now.advanced(by: .hours(2))
        let code = try await cards.issue(Self.won(500), expiringAt: expiry, by: .system, key: "card")
        let late = try await cards.issue(Self.won(7), expiringAt: expiry, by: .system, key: "late")
        try await cards.redeem(code, to: Self.buyer, by: Self.owner, key: "r")
        #expect(try await Self.available(shop) == Self.won(500))
        shop.clock.advance(by: .hours(2))
        #expect(try await Self.available(shop) == Self.won(0))
        #expect(try await cards.balance(of: late, by: Self.owner) == Self.won(0))
        await #expect(throws: GiftCardError.refused(.expired(expiry))) {
            try await cards.redeem(late, to: Self.buyer, by: Self.owner, key: "r2")
        }
    }

    @Test func theCodeIsStoredNowhere() async throws {
        let shop = PaymentShop()
        let cards = Self.cards(shop)
        let code = try await cards.issue(Self.won(500), by: .system, key: "card")
        try await cards.redeem(code, to: Self.buyer, by: Self.owner, key: "r")
        let needles = [code.text, code.printed].map { Array($0.utf8) }
        func expectAbsent(_ bytes: [UInt8], _ place: String) {
            for needle in needles {
                let isFound = bytes.indices.contains { bytes[$0...].starts(with: needle) }
                #expect(!isFound, "\(place)")
            }
        }
        for event in try await shop.base.events(after: .start, matching: .all, limit: 100).events {
            expectAbsent(event.payload, event.name)
            expectAbsent(Array(event.stream.key.text.utf8), event.name)
        }
        for document in try await shop.base.documents(matching: .all(of: "gift-cards", limit: 10)).documents {
            expectAbsent(document.body, "the card")
            expectAbsent(Array(document.key.id.text.utf8), "the card's key")
        }
    }

    @Test(arguments: [CommitFault.crashBefore, .crashAfter, .loseAnswer, .loseRequest])
    func aRedemptionThatIsInterruptedGivesTheCreditOnce(_ fault: CommitFault) async throws {
        let shop = PaymentShop()
        let code = try await Self.cards(shop).issue(Self.won(500), by: .system, key: "card")
        let faulty = FaultInjectingStore(shop.base)
        faulty.inject(fault, atCommit: 1)
        _ = try? await Self.cards(shop, over: faulty).redeem(code, to: Self.buyer, by: Self.owner, key: "r")
        #expect(faulty.unfiredFaults.isEmpty)
        try await Self.cards(shop).redeem(code, to: Self.buyer, by: Self.owner, key: "r")
        #expect(try await Self.available(shop) == Self.won(500))
    }

    @Test(arguments: 1...5)
    func ofManyWhoRedeemAtOnceOneGetsIt(_ seed: UInt64) async throws {
        let shop = PaymentShop(seed: seed)
        let code = try await Self.cards(shop).issue(Self.won(500), by: .system, key: "card")
        let redeemed = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<10 {
                group.addTask {
                    let member = MemberID(bits: UInt128(2_000 + number))
                    return
                        (try? await Self.cards(shop).redeem(code, to: member, by: .buyer(member), key: "r")) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(redeemed == 1)
    }

    @Test func aCardThatIsCalledOffIsNotRedeemed() async throws {
        let shop = PaymentShop()
        let cards = Self.cards(shop)
        let code = try await cards.issue(Self.won(500), by: .system, key: "card")
        for actor in [CommandActor.system, .visitor, Self.owner] {
            await #expect(throws: GiftCardError.self) {
                try await cards.cancel(code, because: .lost, by: actor, key: "cancel")
            }
        }
        for _ in 0..<2 {
            #expect(
                try await cards.cancel(code, because: .lost, by: PaymentShop.staff, key: "cancel") == Self.won(500)
            )
        }
        await #expect(throws: GiftCardError.refused(.canceled(.lost))) {
            try await cards.redeem(code, to: Self.buyer, by: Self.owner, key: "r")
        }
        await #expect(throws: GiftCardError.refused(.canceled(.lost))) {
            try await cards.cancel(code, because: .other, by: PaymentShop.staff, key: "again")
        }
        #expect(try await cards.balance(of: code, by: Self.owner) == Self.won(0))
        #expect(try await cards.issue(Self.won(500), by: .system, key: "card") == code)
        #expect(try await Self.available(shop) == Self.won(0))
        let events = try await shop.base.events(after: .start, matching: .all, limit: 100).events
        #expect(events.count { $0.name == "GiftCardCanceled" } == 1)
    }

    @Test func aCardThatWasRedeemedIsNotCalledOffAndItIsSaidWhoHasIt() async throws {
        let shop = PaymentShop()
        let cards = Self.cards(shop)
        let code = try await cards.issue(Self.won(500), by: .system, key: "card")
        try await cards.redeem(code, to: Self.buyer, by: Self.owner, key: "r")
        await #expect(throws: GiftCardError.refused(.redeemed(by: Self.buyer, amount: Self.won(500)))) {
            try await cards.cancel(code, because: .refunded, by: PaymentShop.staff, key: "cancel")
        }
        let guess = try GiftCardCode("AAAAA-AAAAA-AAAAA-AAAAA-AAAA")
        await #expect(throws: GiftCardError.refused(.unknownCode)) {
            try await cards.cancel(guess, because: .other, by: PaymentShop.staff, key: "cancel")
        }
        #expect(try await Self.available(shop) == Self.won(500))
    }

    @Test(arguments: 1...8)
    func ofACancellationAndARedemptionAtOnceOneWins(_ seed: UInt64) async throws {
        let shop = PaymentShop(seed: seed)
        let code = try await Self.cards(shop).issue(Self.won(500), by: .system, key: "card")
        async let canceled = Self.succeeds {
            try await Self.cards(shop).cancel(code, because: .fraudSuspected, by: PaymentShop.staff, key: "cancel")
        }
        async let redeemed = Self.succeeds {
            try await Self.cards(shop).redeem(code, to: Self.buyer, by: Self.owner, key: "r")
        }
        let (isCanceled, isRedeemed) = await (canceled, redeemed)
        #expect(isCanceled != isRedeemed)
        #expect(try await Self.available(shop) == Self.won(isRedeemed ? 500 : 0))
    }

    @Test(arguments: [CommitFault.crashBefore, .crashAfter, .loseAnswer, .loseRequest])
    func aCancellationThatIsInterruptedIsRecordedOnce(_ fault: CommitFault) async throws {
        let shop = PaymentShop()
        let code = try await Self.cards(shop).issue(Self.won(500), by: .system, key: "card")
        let faulty = FaultInjectingStore(shop.base)
        faulty.inject(fault, atCommit: 1)
        _ = try? await Self.cards(shop, over: faulty).cancel(code, because: .lost, by: PaymentShop.staff, key: "c")
        #expect(faulty.unfiredFaults.isEmpty)
        try await Self.cards(shop).cancel(code, because: .lost, by: PaymentShop.staff, key: "c")
        let events = try await shop.base.events(after: .start, matching: .all, limit: 100).events
        #expect(events.count { $0.name == "GiftCardCanceled" } == 1)
    }

    private static func succeeds(_ body: @Sendable () async throws -> Money) async -> Bool {
        (try? await body()) != nil
    }
}
