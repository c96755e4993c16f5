import Marketplace
import MarketplaceTestKit
import Testing

struct StoreCreditsTests {
    private static let buyer = PaymentShop.buyer
    private static let owner = CommandActor.buyer(PaymentShop.buyer)

    private static func won(_ amount: Int64) -> Money { PaymentShop.won(amount) }

    private static func credits(_ shop: PaymentShop) -> StoreCredits {
        StoreCredits(in: shop.environment())
    }

    private static func granted(_ amount: Int64) async throws -> (shop: PaymentShop, credits: StoreCredits) {
        let shop = PaymentShop()
        let credits = credits(shop)
        try await credits.grant(won(amount), to: buyer, by: PaymentShop.staff, key: "gift")
        return (shop, credits)
    }

    private static func balance(_ credits: StoreCredits) async throws -> [Int64] {
        let balance = try await credits.balance(of: buyer, .krw, by: owner)
        return [balance.available.minorUnits, balance.held.minorUnits]
    }

    @Test func creditIsSetAsideSpentAndGivenBackInParts() async throws {
        let (_, credits) = try await Self.granted(100)
        try await credits.hold(Self.won(70), of: Self.buyer, by: Self.owner, key: "order 1")
        #expect(try await Self.balance(credits) == [30, 70])
        try await credits.spend("order 1", of: Self.buyer, by: .system)
        #expect(try await Self.balance(credits) == [30, 0])
        try await credits.restore(Self.won(20), to: "order 1", of: Self.buyer, by: .system, key: "r1")
        #expect(try await Self.balance(credits) == [50, 0])
        let all = try await credits.restore(to: "order 1", of: Self.buyer, by: .system, key: "r2")
        #expect(all.restored == Self.won(70))
        #expect(try await Self.balance(credits) == [100, 0])
        let names = try await credits.entries(of: Self.buyer, .krw, by: Self.owner).map {
            type(of: $0.payload).eventName
        }
        #expect(
            names == [
                "StoreCreditGranted", "StoreCreditHeld", "StoreCreditSpent", "StoreCreditRestored",
                "StoreCreditRestored",
            ]
        )
    }

    @Test func everyCallCanBeRepeatedAndChangesNothingThen() async throws {
        let (_, credits) = try await Self.granted(100)
        for _ in 0..<3 {
            try await credits.grant(Self.won(100), to: Self.buyer, by: PaymentShop.staff, key: "gift")
            try await credits.withdraw(Self.won(10), from: Self.buyer, by: PaymentShop.staff, key: "mistake")
            try await credits.hold(Self.won(70), of: Self.buyer, by: Self.owner, key: "order 1")
            try await credits.spend("order 1", of: Self.buyer, by: .system)
            try await credits.restore(Self.won(20), to: "order 1", of: Self.buyer, by: .system, key: "r1")
            try await credits.hold(Self.won(5), of: Self.buyer, by: Self.owner, key: "order 2")
        }
        for _ in 0..<2 { try await credits.release("order 2", of: Self.buyer, by: Self.owner) }
        #expect(try await Self.balance(credits) == [40, 0])
        await #expect(throws: StoreCreditError.refused(.keyReused("gift", amount: Self.won(100)))) {
            try await credits.grant(Self.won(99), to: Self.buyer, by: PaymentShop.staff, key: "gift")
        }
        await #expect(throws: StoreCreditError.refused(.keyReused("order 1", amount: Self.won(70)))) {
            try await credits.hold(Self.won(71), of: Self.buyer, by: Self.owner, key: "order 1")
        }
        await #expect(throws: StoreCreditError.refused(.keyReused("r1", amount: Self.won(20)))) {
            try await credits.restore(Self.won(21), to: "order 1", of: Self.buyer, by: .system, key: "r1")
        }
    }

    @Test func thereIsNeverLessThanNothing() async throws {
        let (_, credits) = try await Self.granted(100)
        await #expect(
            throws: StoreCreditError.refused(.insufficient(requested: Self.won(101), available: Self.won(100)))
        ) { try await credits.hold(Self.won(101), of: Self.buyer, by: Self.owner, key: "order 1") }
        await #expect(
            throws: StoreCreditError.refused(.insufficient(requested: Self.won(101), available: Self.won(100)))
        ) { try await credits.withdraw(Self.won(101), from: Self.buyer, by: .system, key: "w") }
        for amount in [Self.won(0), Self.won(-1), Self.won(.min)] {
            await #expect(throws: StoreCreditError.refused(.notPositive(amount))) {
                try await credits.grant(amount, to: Self.buyer, by: .system, key: "g")
            }
            await #expect(throws: StoreCreditError.refused(.notPositive(amount))) {
                try await credits.withdraw(amount, from: Self.buyer, by: .system, key: "g")
            }
        }
        await #expect(throws: StoreCreditError.refused(.tooMuch(maximumMinor: StoreCredits.maximumMinor))) {
            try await credits.grant(Self.won(.max), to: Self.buyer, by: .system, key: "g")
        }
        await #expect(throws: StoreCreditError.refused(.tooMuch(maximumMinor: StoreCredits.maximumMinor))) {
            try await credits.grant(Self.won(StoreCredits.maximumMinor), to: Self.buyer, by: .system, key: "g")
        }
        #expect(try await Self.balance(credits) == [100, 0])
    }

    @Test func noMoreIsGivenBackThanWasSpent() async throws {
        let (_, credits) = try await Self.granted(100)
        try await credits.hold(Self.won(70), of: Self.buyer, by: Self.owner, key: "order 1")
        await #expect(throws: StoreCreditError.refused(.holdEnded("order 1", .held))) {
            try await credits.restore(to: "order 1", of: Self.buyer, by: .system, key: "r")
        }
        try await credits.spend("order 1", of: Self.buyer, by: .system)
        await #expect(
            throws: StoreCreditError.refused(.exceedsSpent(requested: Self.won(71), restorable: Self.won(70)))
        ) { try await credits.restore(Self.won(71), to: "order 1", of: Self.buyer, by: .system, key: "r") }
        await #expect(throws: StoreCreditError.refused(.currencyMismatch(expected: .krw, found: .usd))) {
            try await credits.restore(
                Money(minorUnits: 1, .usd),
                to: "order 1",
                of: Self.buyer,
                by: .system,
                key: "r"
            )
        }
        await #expect(throws: StoreCreditError.refused(.unknownHold("order 9"))) {
            try await credits.restore(to: "order 9", of: Self.buyer, by: .system, key: "r")
        }
    }

    @Test func aHoldEndsOnceHoweverItEnds() async throws {
        let (shop, credits) = try await Self.granted(100)
        let deadline = shop.clock.wall.now.advanced(by: .seconds(60))
        try await credits.hold(Self.won(40), of: Self.buyer, until: deadline, by: Self.owner, key: "slow")
        try await credits.hold(Self.won(40), of: Self.buyer, by: Self.owner, key: "quick")
        #expect(try await credits.expireHolds().endedCount == 0)
        try await credits.release("quick", of: Self.buyer, by: Self.owner)
        await #expect(throws: StoreCreditError.refused(.holdEnded("quick", .released))) {
            try await credits.spend("quick", of: Self.buyer, by: .system)
        }
        shop.clock.advance(by: .seconds(60))
        await #expect(throws: StoreCreditError.refused(.holdEnded("slow", .expired))) {
            try await credits.spend("slow", of: Self.buyer, by: .system)
        }
        #expect(try await credits.expireHolds().endedCount == 0)
        #expect(try await credits.release("slow", of: Self.buyer, by: .system).state == .expired)
        #expect(try await Self.balance(credits) == [100, 0])
        await #expect(throws: StoreCreditError.refused(.holdEnded("slow", .expired))) {
            try await credits.hold(Self.won(40), of: Self.buyer, by: Self.owner, key: "slow")
        }
    }

    @Test func aSweepSetsFreeWhatIsHeldTooLong() async throws {
        let (shop, credits) = try await Self.granted(100)
        let deadline = shop.clock.wall.now.advanced(by: .seconds(60))
        for number in 0..<3 {
            let key = IdempotencyKey(stringLiteral: "o\(number)")
            try await credits.hold(Self.won(10), of: Self.buyer, until: deadline, by: Self.owner, key: key)
        }
        shop.clock.advance(by: .seconds(61))
        #expect(try await credits.expireHolds().endedCount == 3)
        #expect(try await credits.expireHolds().endedCount == 0)
        #expect(try await Self.balance(credits) == [100, 0])
    }

    @Test(arguments: 1...10)
    func manyPurchasesAtOnceTakeNoMoreThanThereIs(_ seed: UInt64) async throws {
        let (shop, credits) = try await Self.granted(100)
        let taken = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<20 {
                group.addTask {
                    let credits = Self.credits(shop)
                    let key = IdempotencyKey(stringLiteral: "order \(number)")
                    return (try? await credits.hold(Self.won(15), of: Self.buyer, by: .system, key: key)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(taken == 6, "seed \(seed)")
        #expect(try await Self.balance(credits) == [10, 90])
    }

    @Test func strangersNeitherSeeNorUseCredit() async throws {
        let (_, credits) = try await Self.granted(100)
        let stranger = CommandActor.buyer(PaymentShop.stranger)
        await #expect(throws: StoreCreditError.self) { try await credits.balance(of: Self.buyer, .krw, by: stranger) }
        await #expect(throws: StoreCreditError.self) {
            try await credits.hold(Self.won(1), of: Self.buyer, by: stranger, key: "o")
        }
        for actor in [stranger, Self.owner] {
            await #expect(throws: StoreCreditError.self) {
                try await credits.grant(Self.won(1), to: Self.buyer, by: actor, key: "g")
            }
        }
        #expect(try await Self.balance(credits) == [100, 0])
    }
}
