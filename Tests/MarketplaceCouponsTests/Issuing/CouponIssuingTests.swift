import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplaceJSON
import MarketplacePromotions
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization
import Testing

/// Coupons on their way to members.
struct CouponIssuingTests {
    let scene = CouponScene()

    private func refusal(
        to member: MemberKey = "ann",
        key: IdempotencyKey = "first",
        domains: [EmailDomain] = [],
        at second: Int64 = 1
    ) async throws -> CouponRefusal? {
        try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await scene.issue(to: member, key: key, domains: domains, at: second)
        }
    }

    @Test func tenThousandMembersAndFiveHundredCoupons() async throws {
        try await scene.open { $0.totalLimit = 500 }
        let answers = try await RedemptionStormTests.answers(count: 10_000) { number throws(CouponError) in
            try await scene.issue(to: MemberKey(stringLiteral: "member-\(number)"), key: .number(number))
        }
        #expect(answers.count { $0 == nil } == 500)
        #expect(answers.count { $0 == .issuedOut(.number(1), limit: 500, issued: 500) } == 9_500)
        #expect(try await scene.issuing.issuedCount(of: .number(1)) == 500)
    }

    @Test func tenThousandMembersAndOneCode() async throws {
        try await scene.open()
        let code = try await scene.oneCode()
        let answers = try await RedemptionStormTests.answers(count: 10_000) { number throws(CouponError) in
            try await scene.issuing.exchange(code, by: MemberKey(stringLiteral: "member-\(number)"), at: .second(1))
        }
        #expect(answers.count { $0 == nil } == 1)
        #expect(answers.count { $0 == .couponOfAnotherMember(code) } == 9_999)
    }

    @Test func aMemberHasNoMoreThanOneMayHave() async throws {
        try await scene.open { $0.perMemberLimit = 2 }
        let answers = try await RedemptionStormTests.answers(count: 100) { number throws(CouponError) in
            try await scene.issue(to: MemberKey(stringLiteral: "member-\(number % 5)"), key: .number(number))
        }
        #expect(answers.count { $0 == nil } == 10)
        #expect(answers.count { $0 == .memberLimit(.number(1), limit: 2, issued: 2) } == 90)
    }

    @Test func aRepeatedRequestReturnsTheSameCouponAlsoWhenAllIsOver() async throws {
        try await scene.open { $0.totalLimit = 1 }
        let coupon = try await scene.issue()
        #expect(coupon.state == .available && coupon.owner == "ann" && coupon.expiry == .second(1_000))
        #expect(try await scene.issue(at: 7) == coupon)
        #expect(try await refusal(key: "second") == .issuedOut(.number(1), limit: 1, issued: 1))
        #expect(try await refusal(to: "bob") == .issueMismatch("first"))
        try await scene.perform(.close)
        #expect(try await scene.issue(at: 999) == coupon)
        #expect(try await scene.issuing.issuedCount(of: .number(1)) == 1)
    }

    @Test func storeFaultsIssueOnceAndCountOnce() async throws {
        let scene = CouponScene(store: FaultInjectingStore.uncertain(oneIn: 2, seed: 9))
        try await scene.open { $0.totalLimit = 30 }
        var coupons: Set<CouponCode> = []
        for number in 1...30 {
            for _ in 1...2 {
                let coupon = try await askingAgain { () async throws(CouponError) in
                    try await scene.issue(to: "ann", key: .number(number))
                }
                coupons.insert(coupon.code)
            }
        }
        #expect(coupons.count == 30)
        #expect(try await scene.issuing.issuedCount(of: .number(1)) == 30)
    }

    @Test func aCampaignIssuesWithinItsPeriodAndWhileItIsOpen() async throws {
        #expect(try await refusal() == .unknownCampaign(.number(1)))
        try await scene.open()
        #expect(try await refusal(at: 0) == .notStarted(.number(1), opensAt: .second(1)))
        #expect(try await refusal(at: 1_000) == .ended(.number(1), endedAt: .second(1_000)))
        try await scene.perform(.pause)
        #expect(try await refusal() == .paused(.number(1)))
        try await scene.perform(.resume)
        #expect(try await refusal(at: 999) == nil)
        try await scene.perform(.close)
        #expect(try await refusal(key: "x") == .closed(.number(1)))
    }

    @Test func aPartnersCouponsAreForItsMembersAlone() async throws {
        try await scene.open { $0.partnerDomains = [.of("uni.example"), .of("college.example")] }
        #expect(try await refusal() == .notEligible(.number(1)))
        #expect(try await refusal(domains: [.of("mail.example"), .of("notuni.example")]) == .notEligible(.number(1)))
        #expect(try await refusal(domains: [.of("mail.example"), .of("cs.college.example")]) == nil)
    }

    @Test func aCampaignGivesOutCouponsTheWayItSays() async throws {
        try await scene.open { $0.issuing = .byCode }
        try await scene.open(2) { $0.issuing = .onDemand }
        #expect(try await refusal() == .notIssuedThisWay(.number(1), .byCode))
        let code = try await scene.oneCode(campaign: 2)
        let answer = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await scene.issuing.exchange(code, by: "ann", at: .second(1))
        }
        #expect(answer == .notIssuedThisWay(.number(2), .onDemand))
    }

    @Test func aCampaignWithoutLimitsWritesNoCounter() async throws {
        let counted = Mutex<[CounterAdd]>([])
        let watched = FaultInjectingStore(InMemoryStore()) { _, transaction in
            counted.withLock { $0 += transaction.counterAdds }
            return nil
        }
        let scene = CouponScene(store: watched)
        try await scene.open()
        try await scene.codes.share("ALL", for: .number(1), at: .second(1))
        let coupon = try await scene.issue()
        let exchanged = try await scene.issuing.exchange("ALL", by: "ann", at: .second(1))
        try await scene.redemptions.hold(1, codes: [coupon.code, exchanged.code, "ALL"])
        try await scene.redemptions.redeem(.number(1), at: .second(2))
        try await scene.redemptions.restore(.number(1), at: .second(3))
        #expect(counted.withLock { $0 } == [])
    }

    @Test func aSingleUseCodeBecomesAMembersCouponOnce() async throws {
        try await scene.open { ($0.perMemberLimit, $0.validity) = (1, .seconds(50)) }
        let code = try await scene.oneCode()
        let coupon = try await scene.issuing.exchange(code, by: "ann", at: .second(10))
        #expect(coupon.code == code && coupon.owner == "ann" && coupon.expiry == .second(60))
        #expect(try await scene.issuing.exchange(code, by: "ann", at: .second(20)) == coupon)
        let other = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await scene.issuing.exchange(code, by: "bob", at: .second(20))
        }
        #expect(other == .couponOfAnotherMember(code))
        let used = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await scene.redemptions.hold(1, codes: [code], member: "bob", at: 20)
        }
        #expect(used == .couponOfAnotherMember(code))
        try await scene.redemptions.hold(1, codes: [code], member: "ann", at: 20)
    }

    @Test func aCodeForEverybodyGivesEachMemberOneCoupon() async throws {
        try await scene.open()
        try await scene.codes.share("HELLO", for: .number(1), limit: 2, at: .second(1))
        let first = try await scene.issuing.exchange("HELLO", by: "ann", at: .second(1))
        #expect(try await scene.issuing.exchange("HELLO", by: "ann", at: .second(2)) == first)
        let second = try await scene.issuing.exchange("HELLO", by: "bob", at: .second(1))
        #expect(second.code != first.code)
        let third = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await scene.issuing.exchange("HELLO", by: "carl", at: .second(1))
        }
        #expect(third == .codeUsedUp("HELLO", limit: 2, used: 2))
    }

    @Test func aCodeInAnAbandonedOrderCanBeExchangedOnceItIsOverdue() async throws {
        try await scene.open()
        try await scene.codes.share("HELLO", for: .number(1), limit: 1, at: .second(1))
        let code = try await scene.oneCode()
        try await scene.redemptions.hold(1, codes: [code], until: 10)
        try await scene.redemptions.hold(2, codes: ["HELLO"], until: 20)
        for (code, second) in [(code, Int64(10)), ("HELLO", 20)] {
            let answer = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
                try await scene.issuing.exchange(code, by: "bob", at: .second(second - 1))
            }
            #expect(answer == .couponHeld(code, by: .number(1)) || answer == .codeUsedUp(code, limit: 1, used: 1))
            #expect(try await scene.issuing.exchange(code, by: "bob", at: .second(second)).owner == "bob")
        }
    }

    @Test func aPauseMeetsARequestThatIsUnderWay() async throws {
        let base = InMemoryStore()
        let scene = CouponScene(store: base)
        try await scene.open()
        let overtaken = FaultInjectingStore(
            base,
            beforeCommit: { number in
                if number == 1 { try? await scene.perform(.pause) }
            }
        )
        let answer = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await CouponScene(store: overtaken).issue()
        }
        #expect(answer == .paused(.number(1)))
    }

    @Test func aCodeThatAnOrderTakesMeanwhileIsNotExchanged() async throws {
        let base = InMemoryStore()
        let scene = CouponScene(store: base)
        try await scene.open()
        let code = try await scene.oneCode()
        let overtaken = FaultInjectingStore(
            base,
            beforeCommit: { number in
                if number == 1 { _ = try? await scene.redemptions.hold(1, codes: [code]) }
            }
        )
        let answer = try await MarketplaceCouponsTests.refusal { () async throws(CouponError) in
            try await CouponScene(store: overtaken).issuing.exchange(code, by: "bob", at: .second(1))
        }
        #expect(answer == .couponHeld(code, by: .number(1)))
    }

    @Test func everyCouponIsAnEventOnce() async throws {
        try await scene.open()
        try await scene.codes.share("HELLO", for: .number(1), at: .second(1))
        let coupon = try await scene.issue()
        try await scene.issue()
        let exchanged = try await scene.issuing.exchange("HELLO", by: "bob", at: .second(1))
        let slice = try await scene.store.events(after: .start, matching: .categories(["coupon"]), limit: 10)
        let payloads = try slice.events.map { try JSONPayloadCodec().decode(CouponIssued.self, from: $0.payload) }
        #expect(
            payloads == [
                CouponIssued(code: coupon.code, campaign: .number(1), owner: "ann", exchangedFor: nil),
                CouponIssued(code: exchanged.code, campaign: .number(1), owner: "bob", exchangedFor: "HELLO"),
            ]
        )
    }

    @Test func requestsAndExchangesOfOneNameAreTwoCoupons() async throws {
        try await scene.open()
        try await scene.codes.share("HELLO", for: .number(1), at: .second(1))
        let exchanged = try await scene.issuing.exchange("HELLO", by: "ann", at: .second(1))
        #expect(try await scene.issue(key: "code/5/HELLO/ann").code != exchanged.code)
    }

    @Test func aMemberKeyThatIsTooLongIsRefused() async throws {
        try await scene.open()
        let member = try MemberKey(validating: String(repeating: "m", count: 512))
        #expect(try await refusal(to: member) == .keyTooLong(byteCount: 512, maximum: 200))
    }

    @Test func aMembersCouponsAreListedPageByPageWithTheirState() async throws {
        try await scene.open { $0.validity = .seconds(100) }
        for number in 1...7 {
            try await scene.issue(key: .number(number), at: Int64(number))
        }
        try await scene.issue(to: "ann2", key: "other")
        var all: [Coupon] = []
        var cursor: CouponCursor?
        repeat {
            let slice = try await scene.issuing.coupons(of: "ann", after: cursor, limit: 3, at: .second(103))
            #expect(slice.coupons.count <= 3)
            all += slice.coupons
            cursor = slice.next
        } while cursor != nil
        #expect(all.map(\.issuedAt) == (1...7).reversed().map { .second($0) })
        #expect(all.map(\.state) == [.available, .available, .available, .available, .expired, .expired, .expired])
        try await scene.redemptions.hold(1, codes: [all[0].code, all[1].code], at: 20)
        try await scene.redemptions.redeem(.number(1), at: .second(21))
        try await scene.redemptions.hold(2, codes: [all[2].code], at: 20)
        let states = try await scene.issuing.coupons(of: "ann", limit: 4, at: .second(22)).coupons.map(\.state)
        let redeemed = Coupon.State.redeemed(by: .number(1), at: .second(21))
        #expect(states == [redeemed, redeemed, .held(by: .number(2)), .available])
        #expect(try await scene.issuing.coupon(all[3].code, at: .second(22)) == all[3])
        #expect(try await scene.issuing.coupons(of: "nobody", limit: 0, at: .second(1)).coupons == [])
    }
}
