import Marketplace
import Testing

struct CouponsGuide {
    private let store = InMemoryStore()
    private let clock = SystemWallClock()
    private let identifiers: any IdentifierSource = TimeOrderedIdentifiers(clock: .system)

    /// A campaign that is open, as the parts below need one.
    private func openCampaign(_ change: (inout CampaignTerms) -> Void = { _ in }) async throws -> CampaignID {
        let campaign: CampaignID = identifiers.next()
        var terms = CampaignTerms(
            name: "Spring sale",
            promotions: ["spring"],
            from: clock.now,
            until: clock.now.advanced(by: .days(30))
        )
        change(&terms)
        try await Campaigns(store: store, codec: .json, identifiers: identifiers)
            .perform(.open(terms), on: campaign, key: "open", at: clock.now)
        return campaign
    }

    @Test func aCouponIsIssuedHeldAndRedeemed() async throws {
        // guide: Coupons
        let store = InMemoryStore()
        let clock = SystemWallClock()
        let identifiers = TimeOrderedIdentifiers(clock: clock)

        let campaigns = Campaigns(store: store, codec: .json, identifiers: identifiers)
        let campaign: CampaignID = identifiers.next()
        let terms = CampaignTerms(
            name: "Spring sale",
            promotions: ["spring"],
            from: clock.now,
            until: clock.now.advanced(by: .days(30)),
            totalLimit: 500,
            perMemberLimit: 1
        )
        try await campaigns.perform(.open(terms), on: campaign, key: "open", at: clock.now)

        let issuing = CouponIssuing(store: store, codec: .json)
        let coupon = try await issuing.issue(campaign, to: "member-17", key: "click-1", at: clock.now)

        let redemptions = CouponRedemptions(store: store, codec: .json)
        let request = RedemptionRequest(
            id: identifiers.next(),
            member: "member-17",
            claims: [QuotaClaim(promotion: "spring", quota: .budget(.eur), amount: 500, limit: 1_000_000)],
            codes: [coupon.code],
            reference: "order-4711",
            deadline: clock.now.advanced(by: .minutes(10)),
            at: clock.now
        )
        try await redemptions.hold(request)  // set aside until the deadline
        try await redemptions.redeem(request.id, at: clock.now)  // used
        // end of guide
        #expect(try await redemptions.used(.budget(.eur), of: "spring") == 500)
    }

    @Test func aSagaUndoesWhateverBecameOfItsStep() async throws {
        let redemptions = CouponRedemptions(store: store, codec: .json)
        let request = RedemptionRequest(
            id: identifiers.next(),
            member: "ann",
            claims: [],
            deadline: clock.now.advanced(by: .minutes(1)),
            at: clock.now
        )
        // guide: In a saga
        try await redemptions.undo(request.id, at: clock.now, reason: "payment declined")
        // A hold of that id that arrives from now on is refused with `released`.
        // end of guide
        await #expect(throws: CouponError.refused(.released(request.id))) { try await redemptions.hold(request) }
    }

    @Test func aRefusalCarriesItsFacts() async throws {
        let redemptions = CouponRedemptions(store: store, codec: .json)
        let request = RedemptionRequest(
            id: identifiers.next(),
            member: "ann",
            claims: [QuotaClaim(promotion: "spring", quota: .total, amount: 1, limit: 0)],
            deadline: clock.now.advanced(by: .minutes(1)),
            at: clock.now
        )
        // guide: Refusals
        do throws(CouponError) {
            try await redemptions.hold(request)
        } catch {
            switch error {
            case .refused(.limitReached(let figures)): print("\(figures.promotion): all \(figures.limit) are used")
            case .refused(.couponUsed(let code)): print("\(code) was used before")
            case .refused(let refusal): print(refusal)
            case .contended, .failed: print("try again: \(error)")
            }
        }
        // end of guide
        #expect(try await redemptions.redemption(request.id) == nil)
    }

    @Test func anOrderThatIsCanceledGivesBackWhatItsPolicyAllows() async throws {
        let campaign = try await openCampaign()
        let coupon = try await CouponIssuing(store: store, codec: .json)
            .issue(campaign, to: "ann", key: "1", at: clock.now)
        let redemptions = CouponRedemptions(store: store, codec: .json)
        let id: RedemptionID = identifiers.next()
        let request = RedemptionRequest(
            id: id,
            member: "ann",
            claims: [],
            codes: [coupon.code],
            deadline: clock.now.advanced(by: .minutes(1)),
            at: clock.now
        )
        try await redemptions.hold(request)
        try await redemptions.redeem(id, at: clock.now)
        // guide: When an order is canceled
        switch try await redemptions.restore(id, at: clock.now) {
        case .restored: print("the coupon can be used again")
        case .kept: print("the coupon stays used")
        }
        // end of guide
        #expect(try await redemptions.redemption(id)?.state == .restored)
    }

    @Test func overdueHoldsAreSwept() async throws {
        let redemptions = CouponRedemptions(store: store, codec: .json)
        // guide: Deadlines
        let sweeper = RedemptionSweeper(redemptions: redemptions, wallClock: clock) { expired in
            print("\(expired.count) orders were given up")
        }
        let ended = try await sweeper.sweep()  // once; `run()` sweeps every second until it is drained
        // end of guide
        #expect(ended == 0)
    }

    @Test func aPricedBasketSaysWhatToHold() async throws {
        let campaign = try await openCampaign()
        let coupon = try await CouponIssuing(store: store, codec: .json)
            .issue(campaign, to: "ann", key: "1", at: clock.now)
        let codes = CouponCodes(store: store, codec: .json)
        let redemptions = CouponRedemptions(store: store, codec: .json)
        let limits = PromotionLimits(total: 500)
        let promotions = [Promotion("spring", .percentOff(.whole), codes: [], limits: limits)]
        let basket = Basket(.eur, lines: [BasketLine("mug", Money(minorUnits: 4_000, .eur))])
        let buyer = BuyerFacts(member: "ann")
        // guide: Pricing a basket
        let standing = try await codes.standing(of: coupon.code, for: "ann", at: clock.now)
        let usage = try await redemptions.usage(of: promotions, by: buyer)
        let priced = try basket.priced(
            with: promotions,
            codes: standing.presented,
            buyer: buyer,
            usage: usage,
            at: clock.now
        )
        let request = RedemptionRequest(
            id: identifiers.next(),
            member: "ann",
            claims: priced.claims,
            codes: [coupon.code],
            deadline: clock.now.advanced(by: .minutes(10)),
            at: clock.now
        )
        try await redemptions.hold(request)
        // end of guide
        #expect(try await redemptions.used(.total, of: "spring") == 1)
    }

    @Test func aBatchOfCodesIsMadeAndOneIsTyped() async throws {
        let campaign = try await openCampaign()
        // guide: Codes
        let codes = CouponCodes(store: store, codec: .json)
        let batch: CodeBatchID = identifiers.next()
        try await codes.generate(batch, for: campaign, count: 2_000, at: clock.now) { batch in
            print("\(batch.made) of \(batch.count)")
        }
        let page = try await codes.codes(of: batch, limit: 100)  // to be printed or sent
        try await codes.share("WELCOME10", for: campaign, limit: 1_000, at: clock.now)  // for everybody

        let typed = CouponCodeFormat.grouped(page.codes[0]).lowercased()  // "7k3m-9qxa-…"
        let code = try CouponCodeFormat.standard.code(typed: typed)  // mistyped ones end here
        let standing = try await codes.standing(of: code, for: "member-17", at: clock.now)
        // end of guide
        #expect(standing.promotions == ["spring"])
        await #expect(throws: CouponError.refused(.unknownCode("WELCOME11"))) {
            try await codes.standing(of: "WELCOME11", for: "ann", at: clock.now)
        }
    }

    @Test func aPartnersMembersExchangeACode() async throws {
        let partner = try EmailDomain(validating: "uni.example")
        let campaign = try await openCampaign { $0.partnerDomains = [partner] }
        let codes = CouponCodes(store: store, codec: .json)
        try await codes.share("CAMPUS", for: campaign, at: clock.now)
        // guide: Issuing
        let issuing = CouponIssuing(store: store, codec: .json)
        let verified = [try EmailDomain(validating: "cs.uni.example")]  // of the member's verified addresses
        let coupon = try await issuing.exchange("CAMPUS", by: "member-17", domains: verified, at: clock.now)

        let mine = try await issuing.coupons(of: "member-17", limit: 20, at: clock.now)
        for coupon in mine.coupons { print(coupon.code, coupon.state) }
        // end of guide
        #expect(mine.coupons == [coupon])
        await #expect(throws: CouponError.refused(.notEligible(campaign))) {
            try await issuing.exchange("CAMPUS", by: "ann", at: clock.now)
        }
    }
}
