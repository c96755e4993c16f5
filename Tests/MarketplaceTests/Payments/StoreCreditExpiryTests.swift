import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Credit that expires: what expires first is spent first, and what is set aside stays alive until its hold ends.
struct StoreCreditExpiryTests {
    private static let buyer = PaymentShop.buyer
    private static let owner = CommandActor.buyer(PaymentShop.buyer)
    private static let staff = PaymentShop.staff

    private static func won(_ amount: Int64) -> Money { PaymentShop.won(amount) }

    private static func credits(_ shop: PaymentShop) -> StoreCredits { StoreCredits(in: shop.environment()) }

    private static func balance(_ credits: StoreCredits) async throws -> [Int64] {
        let balance = try await credits.balance(of: buyer, .krw, by: owner)
        return [balance.available.minorUnits, balance.held.minorUnits]
    }

    /// Ten that never expire, twenty that do in two hours, forty that do in one.
    private static func granted() async throws -> (shop: PaymentShop, credits: StoreCredits) {
        let shop = PaymentShop()
        let credits = credits(shop)
        let now = shop.clock.wall.now
        try await credits.grant(won(10), to: buyer, by: staff, key: "plain")
        let two = now.advanced(by: .hours(2))
        try await credits.grant(won(20), to: buyer, expiringAt: two, by: staff, key: "two")
        let one = now.advanced(by: .hours(1))
        try await credits.grant(won(40), to: buyer, expiringAt: one, by: staff, key: "one")
        return (shop, credits)
    }

    @Test func whatExpiresFirstIsSpentFirst() async throws {
        let (shop, credits) = try await Self.granted()
        try await credits.hold(Self.won(50), of: Self.buyer, by: Self.owner, key: "order")
        #expect(try await Self.balance(credits) == [20, 50])
        let left = try await credits.balance(of: Self.buyer, .krw, by: Self.owner).expiring
        #expect(left.map(\.amount) == [Self.won(10)])
        try await credits.spend("order", of: Self.buyer, by: .system)
        shop.clock.advance(by: .hours(1))
        #expect(try await Self.balance(credits) == [20, 0], "what has expired was spent before")
        shop.clock.advance(by: .hours(1))
        #expect(try await Self.balance(credits) == [10, 0])
    }

    @Test func whatHasExpiredIsNotSpentAlsoBeforeTheSweepAndTheSweepCanBeRepeated() async throws {
        let (shop, credits) = try await Self.granted()
        shop.clock.advance(by: .hours(1))
        #expect(try await Self.balance(credits) == [30, 0])
        await #expect(
            throws: StoreCreditError.refused(.insufficient(requested: Self.won(31), available: Self.won(30)))
        ) { try await credits.hold(Self.won(31), of: Self.buyer, by: Self.owner, key: "order") }
        #expect(try await credits.expireCredit().endedCount == 1)
        #expect(try await credits.expireCredit() == StoreCreditSweep())
        #expect(try await Self.balance(credits) == [30, 0])
        let expired = try await credits.entries(of: Self.buyer, .krw, by: Self.owner).compactMap { entry in
            if case .expired(let expired) = entry { expired.amount } else { nil }
        }
        #expect(expired == [Self.won(40)])
    }

    @Test func aHoldKeepsCreditAliveUntilItEnds() async throws {
        let (shop, credits) = try await Self.granted()
        try await credits.hold(Self.won(60), of: Self.buyer, by: Self.owner, key: "spent")
        shop.clock.advance(by: .hours(3))
        _ = try await credits.expireCredit()
        #expect(try await Self.balance(credits) == [10, 60])
        try await credits.spend("spent", of: Self.buyer, by: .system)
        let (other, others) = try await Self.granted()
        try await others.hold(Self.won(60), of: Self.buyer, by: Self.owner, key: "freed")
        other.clock.advance(by: .hours(3))
        try await others.release("freed", of: Self.buyer, by: Self.owner)
        #expect(try await Self.balance(others) == [10, 0], "nothing keeps it alive any more")
        #expect(try await others.expireCredit().endedCount == 1)
        #expect(try await others.expireCredit().endedCount == 0)
        #expect(try await Self.balance(others) == [10, 0])
    }

    @Test func whatIsGivenBackAfterItsTimeCanBeSpentForAMonth() async throws {
        let (shop, credits) = try await Self.granted()
        try await credits.hold(Self.won(70), of: Self.buyer, by: Self.owner, key: "order")
        try await credits.spend("order", of: Self.buyer, by: .system)
        shop.clock.advance(by: .hours(30))
        // What never expires comes back first.
        try await credits.restore(Self.won(10), to: "order", of: Self.buyer, by: .system, key: "r1")
        #expect(try await credits.balance(of: Self.buyer, .krw, by: Self.owner).expiring == [])
        try await credits.restore(Self.won(25), to: "order", of: Self.buyer, by: .system, key: "r2")
        try await credits.restore(to: "order", of: Self.buyer, by: .system, key: "r3")
        let expiring = try await credits.balance(of: Self.buyer, .krw, by: Self.owner).expiring
        #expect(expiring.map(\.amount) == [Self.won(60)])
        let life = shop.clock.wall.now.duration(to: try #require(expiring.first).expiresAt)
        #expect(life >= StoreCredits.restoredLife && life < StoreCredits.restoredLife + .days(1))
        shop.clock.advance(by: .days(31))
        #expect(try await Self.balance(credits) == [10, 0])
    }

    @Test func aGrantThatHasExpiredOrComesWithOneTimeTooManyIsRefused() async throws {
        let (shop, credits) = try await Self.granted()
        let now = shop.clock.wall.now
        await #expect(throws: StoreCreditError.refused(.expiresTooEarly(now))) {
            try await credits.grant(Self.won(1), to: Self.buyer, expiringAt: now, by: Self.staff, key: "late")
        }
        await #expect(throws: StoreCreditError.refused(.keyReused("one", amount: Self.won(40)))) {
            try await credits.grant(Self.won(40), to: Self.buyer, by: Self.staff, key: "one")
        }
        for number in 3...100 {
            let key = IdempotencyKey(stringLiteral: "lot \(number)")
            let expiry = now.advanced(by: .hours(number))
            try await credits.grant(Self.won(1), to: Self.buyer, expiringAt: expiry, by: Self.staff, key: key)
        }
        await #expect(throws: StoreCreditError.refused(.tooManyExpiries(maximum: 100))) {
            let expiry = now.advanced(by: .hours(101))
            try await credits.grant(Self.won(1), to: Self.buyer, expiringAt: expiry, by: Self.staff, key: "more")
        }
    }

    @Test func aSweepThatFailsForOneMemberGoesOnWithTheOthers() async throws {
        let shop = PaymentShop()
        let soon = shop.clock.wall.now.advanced(by: .hours(1))
        let members = (1...3).map { MemberID(bits: UInt128(1_000 + $0)) }
        for member in members {
            let credits = Self.credits(shop)
            try await credits.grant(Self.won(10), to: member, expiringAt: soon, by: Self.staff, key: "gift")
            try await credits.grant(Self.won(10), to: member, by: Self.staff, key: "plain")
            try await credits.hold(Self.won(15), of: member, until: soon, by: .buyer(member), key: "order")
        }
        shop.clock.advance(by: .hours(2))
        let unlucky = "\(members[1])"
        let faulty = FaultInjectingStore(shop.base) { _, transaction in
            transaction.appends.contains { $0.stream.key.text.hasPrefix(unlucky) } ? .unavailable : nil
        }
        let credits = StoreCredits(in: shop.environment(over: faulty))
        let holds = try await credits.expireHolds()
        #expect(holds.endedCount == 2 && holds.failures.count == 1)
        let lots = try await credits.expireCredit()
        #expect(lots.endedCount == 2)
        let rest = try await Self.credits(shop).expireHolds()
        #expect(rest.endedCount == 1 && rest.failures.isEmpty)
        #expect(try await Self.credits(shop).expireCredit().endedCount == 1)
        for member in members {
            let balance = try await Self.credits(shop).balance(of: member, .krw, by: .system)
            #expect(balance.available == Self.won(10) && balance.held == Self.won(0))
        }
    }

    /// Whatever is given, held, spent, freed, given back and expires: what there is, is the sum of what happened.
    @Test func theBalanceIsTheSumOfTheLedger() async {
        await PropertyRun.checkAsync(40) { run in try await Self.checkOneHistory(&run) }
    }

    private static func checkOneHistory(_ run: inout PropertyRun) async throws {
        let shop = PaymentShop(seed: run.seed)
        let credits = credits(shop)
        for number in 0..<50 {
            let key = IdempotencyKey(stringLiteral: "k\(number)")
            let known = IdempotencyKey(stringLiteral: "k\(run.natural(through: max(1, number)))")
            let amount = won(Int64(1 + run.natural(through: 60)))
            let now = shop.clock.wall.now
            do throws(StoreCreditError) {
                switch run.natural(through: 9) {
                case 0, 1: try await credits.grant(amount, to: buyer, by: staff, key: key)
                case 2, 3:
                    let expiry = now.advanced(by: .hours(1 + run.natural(through: 40)))
                    try await credits.grant(amount, to: buyer, expiringAt: expiry, by: staff, key: key)
                case 4, 5:
                    let deadline = run.natural(through: 1) == 0 ? nil : now.advanced(by: .hours(5))
                    try await credits.hold(amount, of: buyer, until: deadline, by: .system, key: key)
                case 6: try await credits.spend(known, of: buyer, by: .system)
                case 7: try await credits.release(known, of: buyer, by: .system)
                case 8: try await credits.restore(amount, to: known, of: buyer, by: .system, key: key)
                default:
                    shop.clock.advance(by: .hours(run.natural(through: 12)))
                    _ = try await credits.expireCredit()
                    _ = try await credits.expireHolds()
                }
            } catch {
                #expect(error.effect == .refused, "\(error), \(run.replay)")
            }
        }
        _ = try await credits.expireHolds()
        _ = try await credits.expireCredit()
        var (available, held): (Int64, Int64) = (0, 0)
        for entry in try await credits.entries(of: buyer, .krw, limit: 500, by: owner) {
            switch entry {
            case .granted(let fact): available += fact.amount.minorUnits
            case .withdrawn(let fact): available -= fact.amount.minorUnits
            case .held(let fact):
                (available, held) = (available - fact.amount.minorUnits, held + fact.amount.minorUnits)
            case .spent(let fact): held -= fact.amount.minorUnits
            case .released(let fact):
                (available, held) = (available + fact.amount.minorUnits, held - fact.amount.minorUnits)
            case .restored(let fact): available += fact.amount.minorUnits
            case .expired(let fact):
                available -= fact.amount.minorUnits
                #expect(fact.expiresAt <= fact.at, "\(run.replay)")
            }
        }
        #expect(try await balance(credits) == [available, held], "\(run.replay)")
        let lots = try await credits.balance(of: buyer, .krw, by: owner).expiring
        #expect(lots.reduce(0) { $0 + $1.amount.minorUnits } <= available, "\(run.replay)")
    }
}
