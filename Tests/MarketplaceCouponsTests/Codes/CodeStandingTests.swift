import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplaceJSON
import MarketplacePromotions
import MarketplaceStorage
import MarketplaceTestKit
import Testing

/// What a basket is told of a code.
struct CodeStandingTests {
    let scene = CouponScene()

    private func standing(
        _ code: CouponCode,
        for member: MemberKey = "ann",
        in redemption: RedemptionID? = nil,
        at second: Int64 = 5
    ) async throws(CouponError) -> CodeStanding {
        try await scene.codes.standing(of: code, for: member, in: redemption, at: .second(second))
    }

    private func refusal(_ code: CouponCode, for member: MemberKey = "ann", at second: Int64 = 5) async throws
        -> CouponRefusal?
    {
        try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            _ = try await standing(code, for: member, at: second)
        }
    }

    @Test func aCodeOpensThePromotionsOfItsCampaignWithinItsPeriod() async throws {
        try await scene.open { $0.promotions = ["a", "b"] }
        let code = try await scene.oneCode()
        let standing = try await standing(code)
        #expect(standing.promotions == ["a", "b"] && standing.isCoupon && standing.expiry == .second(1_000))
        #expect(try await refusal(code, at: 0) == .notStarted(.number(1), opensAt: .second(1)))
        #expect(try await refusal(code, at: 1) == nil)
        #expect(try await refusal(code, at: 999) == nil)
        #expect(try await refusal(code, at: 1_000) == .ended(.number(1), endedAt: .second(1_000)))
        try await scene.perform(.pause)
        #expect(try await refusal(code) == .paused(.number(1)))
        try await scene.perform(.close)
        #expect(try await refusal(code) == .closed(.number(1)))
    }

    @Test func aMistypedCodeIsToldBeforeTheStoreIsAsked() async throws {
        let crashed = FaultInjectingStore(InMemoryStore())
        crashed.crash()
        let codes = CouponCodes(store: crashed, codec: .json)
        for call in [0, 1] {
            let answer = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
                if call == 0 {
                    _ = try await codes.standing(of: "AAAAAAAAAAAAAA", for: "ann", at: .second(1))
                } else {
                    let issuing = CouponIssuing(store: crashed, codec: .json)
                    try await issuing.exchange("AAAAAAAAAAAAAA", by: "ann", at: .second(1))
                }
            }
            #expect(answer == .mistypedCode("AAAAAAAAAAAAAA"))
            #expect(answer?.isMiss == true)
        }
    }

    @Test func anUnknownCodeIsAMissAndAUsedOneIsNot() async throws {
        #expect(try await refusal("NOTHING") == .unknownCode("NOTHING"))
        #expect(CouponRefusal.unknownCode("NOTHING").isMiss)
        #expect(!CouponRefusal.couponUsed("X").isMiss)
    }

    @Test func aCodeThatIsInAnOrderIsHeldThenUsed() async throws {
        try await scene.open()
        let code = try await scene.oneCode()
        try await scene.redemptions.hold(1, codes: [code], until: 20)
        #expect(try await refusal(code) == .couponHeld(code, by: .number(1)))
        #expect(try await standing(code, in: .number(1)).code == code)
        // Overdue: whoever wants it gets it.
        #expect(try await refusal(code, at: 20) == nil)
        try await scene.redemptions.redeem(.number(1), at: .second(6))
        #expect(try await refusal(code) == .couponUsed(code))
    }

    @Test func aCodeForEverybodyIsUsedUpAtItsLimit() async throws {
        try await scene.open()
        try await scene.codes.share("WELCOME10", for: .number(1), limit: 2, at: .second(1))
        #expect(try await standing("WELCOME10").isCoupon == false)
        for number in 1...2 { try await scene.redemptions.hold(number, codes: ["WELCOME10"]) }
        let usedUp = CouponRefusal.codeUsedUp("WELCOME10", limit: 2, used: 2)
        #expect(try await refusal("WELCOME10") == usedUp)
        let third = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await scene.redemptions.hold(3, codes: ["WELCOME10"])
        }
        #expect(third == usedUp)
        try await scene.redemptions.release(.number(1), at: .second(3))
        try await scene.redemptions.hold(3, codes: ["WELCOME10", "WELCOME10"])
        #expect(try await scene.store.counter("coupons/code/WELCOME10") == 2)
    }

    @Test func aCodeForEverybodyIsMadeOnceAndNotAsLongAsGeneratedOnes() async throws {
        try await scene.open()
        for _ in 1...2 { try await scene.codes.share("SALE", for: .number(1), limit: 5, at: .second(1)) }
        func share(_ code: CouponCode, limit: Int64?, campaign: Int = 1) async throws -> CouponRefusal? {
            try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
                try await scene.codes.share(code, for: .number(campaign), limit: limit, at: .second(1))
            }
        }
        #expect(try await share("SALE", limit: 6) == .codeMismatch("SALE"))
        #expect(try await share("ZERO", limit: 0) == .invalidTerms(.limitNotPositive(0)))
        #expect(try await share("FOURTEEN-CHARS", limit: 1) == .codeLengthReserved("FOURTEEN-CHARS", length: 14))
        #expect(try await share("NEW", limit: 1, campaign: 9) == .unknownCampaign(.number(9)))
        try await scene.perform(.close)
        #expect(try await share("NEW", limit: 1) == .closed(.number(1)))
    }

    @Test func aCodeOfAPersonalCampaignMustBeExchangedFirst() async throws {
        try await scene.open { $0.perMemberLimit = 1 }
        try await scene.open(2) { $0.partnerDomains = [.of("uni.example")] }
        for campaign in 1...2 {
            let code = try await scene.oneCode(campaign: campaign)
            #expect(try await refusal(code) == .mustBeExchanged(code))
            let answer = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
                try await scene.redemptions.hold(1, codes: [code])
            }
            #expect(answer == .mustBeExchanged(code))
        }
    }
}
