import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplaceJSON
import MarketplacePromotions
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing

/// What the limits refuse, and what is counted at all.
struct RedemptionLimitTests {
    let store = InMemoryStore()
    let redemptions: CouponRedemptions

    init() {
        redemptions = CouponRedemptions(store: store, codec: .json)
    }

    private func refusal(
        _ number: Int,
        _ claims: [QuotaClaim],
        member: MemberKey = "ann",
        at second: Int64 = 1
    ) async throws -> CouponRefusal? {
        try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await redemptions.hold(number, claims, member: member, at: second)
        }
    }

    @Test func aLimitThatIsReachedIsNamedWithItsFigures() async throws {
        try await redemptions.hold(1, [.total(of: 2)])
        try await redemptions.hold(2, [.total(of: 2)])
        #expect(try await refusal(3, [.total(of: 2)]) == .limitReached(shortfall(limit: 2, used: 2)))
        try await redemptions.hold(4, [.member("bob", of: 1)], member: "bob")
        #expect(
            try await refusal(5, [.member("bob", of: 1)], member: "bob")
                == .limitReached(shortfall(.member("bob"), limit: 1, used: 1))
        )
        try await redemptions.hold(6, [.member("carl", of: 1)], member: "carl")
        #expect(try await refusal(7, [.total(of: 0)]) == .limitReached(shortfall(limit: 0, used: 2)))
    }

    @Test func aBudgetIsSpentInMinorUnitsToTheLastOne() async throws {
        try await redemptions.hold(1, [.budget(700, of: 1_000)])
        #expect(
            try await refusal(2, [.budget(301, of: 1_000)])
                == .budgetExhausted(shortfall(.budget(.eur), limit: 1_000, used: 700, requested: 301))
        )
        try await redemptions.hold(3, [.budget(300, of: 1_000)])
        #expect(
            try await refusal(4, [.budget(1, of: 1_000)])
                == .budgetExhausted(shortfall(.budget(.eur), limit: 1_000, used: 1_000, requested: 1))
        )
    }

    @Test func allClaimsAreHeldOrNone() async throws {
        try await redemptions.hold(1, [.member(of: 1)])
        #expect(try await refusal(2, [.total(of: 9), .budget(5, of: 9), .member(of: 1)]) != nil)
        #expect(try await redemptions.used(.total, of: "spring") == 0)
        #expect(try await redemptions.used(.budget(.eur), of: "spring") == 0)
        #expect(try await redemptions.redemption(.number(2)) == nil)
        // Nothing was remembered against the id: it can be used for what is possible.
        try await redemptions.hold(2, [.total(of: 9)])
    }

    @Test func claimsOfOneLimitAreAddedUpFirst() async throws {
        #expect(
            try await refusal(1, [.total(of: 1), .total(of: 1)])
                == .limitReached(shortfall(limit: 1, used: 0, requested: 2))
        )
        // Where they disagree about the limit, the narrower one binds.
        #expect(
            try await refusal(2, [.total(of: 9), .total(of: 1)])
                == .limitReached(shortfall(limit: 1, used: 0, requested: 2))
        )
        try await redemptions.hold(3, [.total(of: 2), .total(of: 2)])
        #expect(try await redemptions.used(.total, of: "spring") == 2)
        try await redemptions.release(.number(3), at: .second(2))
        #expect(try await redemptions.used(.total, of: "spring") == 0)
    }

    @Test func overdueHoldsGiveWayToWhoeverNeedsThem() async throws {
        for number in 1...3 { try await redemptions.hold(number, [.total(of: 3)], until: 10) }
        #expect(try await refusal(4, [.total(of: 3)], at: 9) == .limitReached(shortfall(limit: 3, used: 3)))
        try await redemptions.hold(5, [.total(of: 3)], at: 10)
        #expect(try await redemptions.redemption(.number(1))?.state == .expired)
        #expect(try await redemptions.used(.total, of: "spring") == 1)
    }

    @Test func aRedemptionWithoutLimitsWritesNoCounter() async throws {
        let counted = Mutex<[CounterAdd]>([])
        let watched = FaultInjectingStore(store) { _, transaction in
            counted.withLock { $0 += transaction.counterAdds }
            return nil
        }
        let redemptions = CouponRedemptions(store: watched, codec: .json)
        try await redemptions.hold(1)
        try await redemptions.redeem(.number(1), at: .second(2))
        try await redemptions.restore(.number(1), at: .second(3))
        try await redemptions.hold(2, [.total(of: 5, amount: 0)])
        try await redemptions.release(.number(2), at: .second(2))
        #expect(watched.commitCount == 5)
        #expect(counted.withLock { $0 } == [])
        try await redemptions.hold(3, [.total(of: 5)])
        #expect(counted.withLock { $0.count } == 1)
    }

    @Test func keysThatWouldMeetAreKeptApart() async throws {
        let quotas: [(PromotionID, QuotaClaim.Quota)] = [
            ("a", .total), ("a/total", .total), ("a", .member("b")), ("a", .member("b/c")), ("a/member", .member("b")),
            ("a", .attribute(name: "x", value: "y/z")), ("a", .attribute(name: "x/y", value: "z")),
            ("a", .attribute(name: "x", value: "")), ("a", .code("b")), ("a", .member("b/total")),
            ("a/member/b", .total), ("a", .budget(.eur)), ("a", .budget(.usd)),
        ]
        for (index, (promotion, quota)) in quotas.enumerated() {
            try await redemptions.hold(
                index,
                [QuotaClaim(promotion: promotion, quota: quota, amount: Int64(index + 1), limit: 99)]
            )
        }
        for (index, (promotion, quota)) in quotas.enumerated() {
            #expect(try await redemptions.used(quota, of: promotion) == Int64(index + 1), "\(promotion) \(quota)")
        }
    }

    @Test func whatCannotBeCountedIsRefusedAndNeverTraps() async throws {
        let long = String(repeating: "x", count: 512)
        let refused: [(QuotaClaim, CouponRefusal)] = [
            (.member(try MemberKey(validating: long), of: 1), .keyTooLong(byteCount: 512, maximum: 200)),
            (.total(try PromotionID(validating: long), of: 1), .keyTooLong(byteCount: 512, maximum: 128)),
            (
                QuotaClaim(
                    promotion: "spring",
                    quota: .attribute(name: "mail", value: long + long),
                    amount: 1,
                    limit: 1
                ), .keyTooLong(byteCount: 1_024, maximum: 254)
            ),
            (
                QuotaClaim(promotion: "spring", quota: .attribute(name: long, value: ""), amount: 1, limit: 1),
                .keyTooLong(byteCount: 512, maximum: 64)
            ),
            (
                QuotaClaim(promotion: "spring", quota: .attribute(name: "m", value: "a\0b"), amount: 1, limit: 1),
                .attributeContainsNUL(name: "m")
            ),
            (.total(of: 5, amount: -1), .invalidClaim("spring", amount: -1, limit: 5)),
            (.total(of: -1), .invalidClaim("spring", amount: 1, limit: -1)),
        ]
        for (claim, expected) in refused { #expect(try await refusal(1, [claim]) == expected) }
        let most = [QuotaClaim.total(of: .max, amount: .max), .total(of: .max, amount: 1)]
        #expect(try await refusal(1, most) == .invalidClaim("spring", amount: 1, limit: .max))
        try await redemptions.hold(2, [.total(of: .max, amount: .max)])
        #expect(
            try await refusal(3, [.total(of: .max)])
                == .limitReached(shortfall(limit: .max, used: .max))
        )
        try await redemptions.release(.number(2), at: .second(2))
        #expect(try await redemptions.used(.total, of: "spring") == 0)
    }

    @Test func theLongestKeysFitACounter() async throws {
        let promotion = try PromotionID(validating: String(repeating: "p", count: CouponLimits.promotionBytes))
        let quotas: [QuotaClaim.Quota] = [
            .total, .budget(.eur),
            .member(try MemberKey(validating: String(repeating: "m", count: CouponLimits.memberBytes))),
            .attribute(
                name: String(repeating: "n", count: CouponLimits.attributeNameBytes),
                value: String(repeating: "v", count: CouponLimits.attributeValueBytes)
            ),
            .code(try CouponCode(validating: String(repeating: "c", count: CouponLimits.codeBytes))),
        ]
        let counted = Mutex<[CounterKey]>([])
        let watched = FaultInjectingStore(store) { _, transaction in
            counted.withLock { $0 += transaction.counterAdds.map(\.key) }
            return nil
        }
        try await CouponRedemptions(store: watched, codec: .json)
            .hold(1, quotas.map { QuotaClaim(promotion: promotion, quota: $0, amount: 1, limit: 1) })
        for key in counted.withLock({ $0 }) { #expect(throws: Never.self) { try CounterKey(validating: key.text) } }
        #expect(counted.withLock { $0.count } == quotas.count)
    }

    @Test func aRequestIsBounded() async throws {
        let claims = (0...CouponLimits.claimsPerRedemption).map { _ in QuotaClaim.total(of: 1, amount: 0) }
        #expect(try await refusal(1, claims) == .tooMany(1_001, maximum: 1_000))
        let codes = (0...CouponLimits.codesPerRedemption).map { CouponCode(stringLiteral: "code-\($0)") }
        let answer = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await redemptions.hold(1, codes: codes)
        }
        #expect(answer == .tooMany(51, maximum: 50))
        let backwards = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await redemptions.hold(1, at: 5, until: 5)
        }
        #expect(backwards == .deadlinePassed(deadline: .second(5), time: .second(5)))
    }

    @Test func aRefusalKeepsItsFactsInAJournal() throws {
        let refusals: [CouponRefusal] = [
            .limitReached(shortfall(.attribute(name: "campus", value: "a/b"), limit: 2, used: 2)),
            .limitReached(shortfall(.member("ann"), limit: 2, used: 2)), .limitReached(shortfall(limit: 2, used: 2)),
            .limitReached(shortfall(.code("WELCOME"), limit: 2, used: 2)),
            .budgetExhausted(shortfall(.budget(.krw), limit: 2, used: 1, requested: 4)),
            .expired(.number(1), deadline: .second(1)), .keyTooLong(byteCount: 1, maximum: 2),
            .invalidTerms(.emptyPeriod(from: .second(1), until: .second(1))),
        ]
        let codec = JSONPayloadCodec()
        for refusal in refusals {
            #expect(try codec.decode(CouponRefusal.self, from: codec.encode(refusal)) == refusal)
            #expect(!refusal.description.isEmpty && refusal.description != "refused")
        }
    }
}
