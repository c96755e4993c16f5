import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplacePromotions
import MarketplaceStorage
import MarketplaceTestKit
import Testing

/// Coupons in the hands of orders: each used once.
struct CouponUseTests {
    let scene = CouponScene()

    private func refusal(
        _ number: Int,
        _ codes: [CouponCode],
        member: MemberKey = "ann",
        at second: Int64 = 1
    ) async throws -> CouponRefusal? {
        try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await scene.redemptions.hold(number, codes: codes, member: member, at: second)
        }
    }

    private func state(_ coupon: Coupon, at second: Int64 = 5) async throws -> Coupon.State? {
        try await scene.issuing.coupon(coupon.code, at: .second(second))?.state
    }

    @Test func tenThousandOrdersAndOneCouponHaveOneWinner() async throws {
        try await scene.open()
        let code = try await scene.issue().code
        let answers = try await RedemptionStormTests.answers(count: 10_000) { number throws(CouponError) in
            try await scene.redemptions.hold(number, codes: [code])
        }
        #expect(answers.count { $0 == nil } == 1)
        let winner = try #require(try await scene.redemptions.allOpen().first?.id)
        #expect(answers.count { $0 == .couponHeld(code, by: winner) } == 9_999)
    }

    @Test func aCouponIsHeldThenUsed() async throws {
        try await scene.open()
        let coupon = try await scene.issue()
        try await scene.redemptions.hold(1, codes: [coupon.code])
        #expect(try await state(coupon) == .held(by: .number(1)))
        #expect(try await refusal(2, [coupon.code]) == .couponHeld(coupon.code, by: .number(1)))
        try await scene.redemptions.redeem(.number(1), at: .second(2))
        #expect(try await state(coupon) == .redeemed(by: .number(1), at: .second(2)))
        #expect(try await refusal(2, [coupon.code]) == .couponUsed(coupon.code))
    }

    @Test func whatAnOrderLetsGoOfCanBeUsedAgain() async throws {
        try await scene.open()
        let coupon = try await scene.issue()
        try await scene.redemptions.hold(1, codes: [coupon.code], until: 10)
        try await scene.redemptions.release(.number(1), at: .second(2))
        #expect(try await state(coupon) == .available)
        try await scene.redemptions.hold(2, codes: [coupon.code], at: 3, until: 10)
        // An overdue order lets go of it for whoever wants it.
        try await scene.redemptions.hold(3, codes: [coupon.code], at: 10)
        #expect(try await scene.redemptions.redemption(.number(2))?.state == .expired)
        // What comes late from the orders that let go does it no harm.
        try await scene.redemptions.release(.number(1), at: .second(11))
        try await scene.redemptions.undo(.number(2), at: .second(11))
        #expect(try await state(coupon) == .held(by: .number(3)))
    }

    @Test func aCouponIsRefusedToOthersAndWhenItsTimeIsOver() async throws {
        try await scene.open { $0.validity = .seconds(10) }
        let coupon = try await scene.issue(at: 5)
        #expect(try await refusal(1, [coupon.code], member: "bob") == .couponOfAnotherMember(coupon.code))
        #expect(try await refusal(1, [coupon.code], at: 15) == .couponExpired(coupon.code, expiredAt: .second(15)))
        #expect(try await refusal(1, ["NOTHING"]) == .unknownCode("NOTHING"))
        try await scene.perform(.pause)
        #expect(try await refusal(1, [coupon.code], at: 14) == .paused(.number(1)))
        try await scene.perform(.resume)
        #expect(try await refusal(1, [coupon.code], at: 14) == nil)
    }

    @Test func aCouponMayOutliveItsCampaign() async throws {
        try await scene.open { $0.validity = .seconds(5_000) }
        let coupon = try await scene.issue(at: 999)
        #expect(try await refusal(1, [coupon.code], at: 5_000) == nil)
    }

    @Test func aPauseMeetsAnOrderThatIsUnderWay() async throws {
        let base = InMemoryStore()
        let scene = CouponScene(store: base)
        try await scene.open()
        let code = try await scene.issue().code
        let slow = FaultInjectingStore(
            base,
            beforeCommit: { number in
                if number == 1 { try? await scene.perform(.pause) }
            }
        )
        let answer = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await CouponScene(store: slow).redemptions.hold(1, codes: [code])
        }
        #expect(answer == .paused(.number(1)))
    }

    @Test func aCouponThatAnotherOrderTakesMeanwhileIsHeldByThatOne() async throws {
        let base = InMemoryStore()
        let scene = CouponScene(store: base)
        try await scene.open()
        let coupon = try await scene.issue()
        let overtaken = FaultInjectingStore(
            base,
            beforeCommit: { number in
                if number == 1 { _ = try? await scene.redemptions.hold(2, codes: [coupon.code]) }
            }
        )
        let answer = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await CouponScene(store: overtaken).redemptions.hold(1, codes: [coupon.code])
        }
        #expect(answer == .couponHeld(coupon.code, by: .number(2)))
        #expect(try await scene.redemptions.redemption(.number(1)) == nil)
    }

    @Test func theSameIDWithOtherCodesIsRefused() async throws {
        try await scene.open()
        let first = try await scene.issue().code
        let second = try await scene.issue(key: "second").code
        try await scene.redemptions.hold(1, codes: [first])
        for codes in [[], [second], [first, second]] {
            #expect(try await refusal(1, codes) == .redemptionMismatch(.number(1)))
        }
        #expect(try await refusal(1, [first, first]) == nil)
    }

    @Test func manyOrdersAndOneCouponOnAFaultyStoreHaveOneWinner() async throws {
        let scene = CouponScene(store: FaultInjectingStore.uncertain(oneIn: 4, seed: 3))
        try await scene.open()
        let code = try await scene.issue().code
        let answers = try await RedemptionStormTests.answers(count: 200) { number throws(CouponError) in
            _ = try await askingAgain { () async throws(CouponError) in
                try await scene.redemptions.hold(number, codes: [code])
            }
        }
        #expect(answers.count { $0 == nil } == 1)
        #expect(try await scene.redemptions.allOpen().count == 1)
    }

    @Test func allCodesAndClaimsAreHeldOrNone() async throws {
        try await scene.open()
        let coupon = try await scene.issue()
        try await scene.redemptions.hold(1, [.total(of: 1)])
        let answer = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await scene.redemptions.hold(2, [.total(of: 1)], codes: [coupon.code])
        }
        #expect(answer == .limitReached(shortfall(limit: 1, used: 1)))
        #expect(try await state(coupon) == .available)
        #expect(try await refusal(2, [coupon.code, "NOTHING"]) == .unknownCode("NOTHING"))
        #expect(try await state(coupon) == .available)
    }

    @Test func aCouponComesBackAsItsOwnCampaignSays() async throws {
        try await scene.open { $0.restoring = .never }
        try await scene.open(2) { $0.restoring = .untilExpiry }
        let spent = try await scene.issue(campaign: 1)
        let returning = try await scene.issue(campaign: 2)
        // Terms that change later do not reach what was issued before.
        try await scene.perform(.changeTerms(.scenario { $0.restoring = .always }))
        try await scene.redemptions.hold(1, [.total(of: 5)], codes: [spent.code, returning.code], restoring: .always)
        try await scene.redemptions.redeem(.number(1), at: .second(2))
        #expect(try await scene.redemptions.restore(.number(1), at: .second(3)) == .restored)
        #expect(try await state(returning) == .available)
        #expect(try await state(spent) == .redeemed(by: .number(1), at: .second(2)))
        #expect(try await scene.redemptions.redemption(.number(1))?.codes == [spent.code])
        #expect(try await scene.redemptions.used(.total, of: "spring") == 0)
    }

    @Test func aCouponThatHasExpiredSinceStaysUsed() async throws {
        try await scene.open()
        let coupon = try await scene.issue()
        try await scene.redemptions.hold(1, codes: [coupon.code])
        try await scene.redemptions.redeem(.number(1), at: .second(2))
        #expect(try await scene.redemptions.restore(.number(1), at: .second(1_000)) == .kept)
        #expect(try await state(coupon) == .redeemed(by: .number(1), at: .second(2)))
        #expect(try await scene.redemptions.restore(.number(1), at: .second(1_001), policy: .always) == .restored)
        #expect(try await state(coupon, at: 1_001) == .expired)
    }
}
