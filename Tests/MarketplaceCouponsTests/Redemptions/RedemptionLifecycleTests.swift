import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplaceJSON
import MarketplacePromotions
import MarketplaceStorage
import Testing

/// One redemption, from its hold to its end.
struct RedemptionLifecycleTests {
    let store = InMemoryStore()
    let redemptions: CouponRedemptions

    init() {
        redemptions = CouponRedemptions(store: store, codec: .json)
    }

    private func used(_ quota: QuotaClaim.Quota = .total) async throws -> Int64 {
        try await redemptions.used(quota, of: "spring")
    }

    @Test func whatIsHeldIsUsedOnceItIsRedeemed() async throws {
        let held = try await redemptions.hold(1, [.total(of: 5), .budget(300, of: 1_000)])
        #expect(held.state == .held && held.reference == "order-7" && held.deadline == .second(61))
        #expect(try await used() == 1)
        let redeemed = try await redemptions.redeem(.number(1), at: .second(2))
        #expect(redeemed.state == .redeemed && redeemed.changedAt == .second(2) && redeemed.heldAt == .second(1))
        #expect(try await used() == 1)
        #expect(try await used(.budget(.eur)) == 300)
        #expect(try await redemptions.redemption(.number(1)) == redeemed)
    }

    @Test func aReleaseGivesEverythingBackOnce() async throws {
        try await redemptions.hold(1, [.total(of: 5), .budget(300, of: 1_000), .member(of: 1)])
        #expect(try await redemptions.release(.number(1), at: .second(2), reason: "declined") == .released)
        #expect(try await redemptions.release(.number(1), at: .second(3)) == .released)
        #expect(try await [used(), used(.budget(.eur)), used(.member("ann"))] == [0, 0, 0])
        #expect(try await redemptions.redemption(.number(1))?.reason == "declined")
    }

    @Test func everyCallCanBeRepeated() async throws {
        let first = try await redemptions.hold(1, [.total(of: 1)])
        #expect(try await redemptions.hold(1, [.total(of: 1)], at: 5, until: 99) == first)
        let redeemed = try await redemptions.redeem(.number(1), at: .second(6))
        #expect(try await redemptions.redeem(.number(1), at: .second(7)) == redeemed)
        #expect(try await redemptions.hold(1, [.total(of: 1)], at: 8) == redeemed)
        #expect(try await redemptions.restore(.number(1), at: .second(9)) == .restored)
        #expect(try await redemptions.restore(.number(1), at: .second(10)) == .restored)
        #expect(try await used() == 0)
    }

    @Test func theSameIDWithOtherContentIsRefused() async throws {
        try await redemptions.hold(1, [.total(of: 5)])
        let others: [(claims: [QuotaClaim], member: MemberKey)] = [
            ([.total(of: 5, amount: 2)], "ann"), ([.total("summer", of: 5)], "ann"), ([], "ann"),
            ([.total(of: 5), .member(of: 5)], "ann"), ([.total(of: 5)], "bob"),
        ]
        for other in others {
            let answer = try await refusal { () async throws(CouponError) in
                try await redemptions.hold(1, other.claims, member: other.member)
            }
            #expect(answer == .redemptionMismatch(.number(1)))
        }
        // The limit is a bound and no content: it may have been raised meanwhile.
        try await redemptions.hold(1, [.total(of: 6)])
        #expect(try await used() == 1)
    }

    @Test func aReleaseThatComesFirstRefusesTheHoldThatComesLate() async throws {
        #expect(try await redemptions.release(.number(1), at: .second(1)) == .neverHeld)
        #expect(try await redemptions.release(.number(1), at: .second(2)) == .neverHeld)
        let late = try await refusal { () async throws(CouponError) in try await redemptions.hold(1, [.total(of: 5)]) }
        #expect(late == .released(.number(1)))
        #expect(try await used() == 0)
    }

    @Test func aHoldPastItsDeadlineCannotBeRedeemed() async throws {
        try await redemptions.hold(1, [.total(of: 1)], until: 10)
        let late = try await refusal { () async throws(CouponError) in
            try await redemptions.redeem(.number(1), at: .second(10))
        }
        #expect(late == .expired(.number(1), deadline: .second(10)))
        #expect(try await used() == 0)
        #expect(try await redemptions.release(.number(1), at: .second(11)) == .expired)
    }

    @Test func aRepeatedHoldPastItsDeadlineIsExpiredToo() async throws {
        try await redemptions.hold(1, [.total(of: 1)], until: 10)
        let late = try await refusal { () async throws(CouponError) in
            try await redemptions.hold(1, [.total(of: 1)], at: 10)
        }
        #expect(late == .expired(.number(1), deadline: .second(10)))
        #expect(try await used() == 0)
    }

    @Test func movesThatAreNotPossibleAreRefusedWithTheReason() async throws {
        let unknown = try await refusal { () async throws(CouponError) in
            try await redemptions.redeem(.number(1), at: .second(1))
        }
        #expect(unknown == .unknownRedemption(.number(1)))
        try await redemptions.hold(1, [.total(of: 5)])
        let early = try await refusal { () async throws(CouponError) in
            try await redemptions.restore(.number(1), at: .second(2))
        }
        #expect(early == .notRedeemed(.number(1)))
        try await redemptions.redeem(.number(1), at: .second(2))
        let late = try await refusal { () async throws(CouponError) in
            try await redemptions.release(.number(1), at: .second(3))
        }
        #expect(late == .alreadyRedeemed(.number(1)))
        try await redemptions.restore(.number(1), at: .second(4))
        let again = try await refusal { () async throws(CouponError) in
            try await redemptions.redeem(.number(1), at: .second(5))
        }
        #expect(again == .restored(.number(1)))
        try await redemptions.hold(2, [.total(of: 5)])
        try await redemptions.release(.number(2), at: .second(6))
        let released = try await refusal { () async throws(CouponError) in
            try await redemptions.redeem(.number(2), at: .second(7))
        }
        #expect(released == .released(.number(2)))
        #expect(try await used() == 0)
    }

    @Test func anUndoTakesBackWhateverBecameOfTheStep() async throws {
        try await redemptions.undo(.number(1), at: .second(1))
        #expect(try await redemptions.redemption(.number(1))?.state == .released)
        try await redemptions.hold(2, [.total(of: 5)])
        try await redemptions.undo(.number(2), at: .second(2))
        #expect(try await redemptions.redemption(.number(2))?.state == .released)
        try await redemptions.hold(3, [.total(of: 5)], restoring: .never)
        try await redemptions.redeem(.number(3), at: .second(2))
        try await redemptions.undo(.number(3), at: .second(3))
        try await redemptions.undo(.number(3), at: .second(4))
        #expect(try await redemptions.redemption(.number(3))?.state == .restored)
        #expect(try await used() == 0)
    }

    @Test func whetherAUseComesBackIsForThePolicyToSay() async throws {
        let policies: [(RestorePolicy, RedemptionRestoreOutcome)] = [
            (.always, .restored), (.never, .kept), (.untilExpiry, .restored), (.until(.second(11)), .restored),
            (.until(.second(10)), .kept),
        ]
        for (index, (policy, expected)) in policies.enumerated() {
            try await redemptions.hold(index, [.total(of: 9)], restoring: policy)
            try await redemptions.redeem(.number(index), at: .second(2))
            #expect(try await redemptions.restore(.number(index), at: .second(10)) == expected, "\(policy)")
        }
        #expect(try await used() == 2)
        #expect(try await redemptions.redemption(.number(1))?.state == .redeemed)
        #expect(try await redemptions.restore(.number(1), at: .second(10), policy: .always) == .restored)
        #expect(try await used() == 1)
    }

    @Test func everyChangeIsAnEventOfItsRedemption() async throws {
        try await redemptions.hold(1, [.total("b", of: 5), .total("a", of: 5), .member(of: 1)])
        try await redemptions.redeem(.number(1), at: .second(2))
        try await redemptions.restore(.number(1), at: .second(3), reason: "canceled")
        let stream = StreamID("coupon-redemption", RedemptionID.number(1))
        let events = try await store.events(in: stream, from: .first, limit: 10)
        let payloads = try events.map { try JSONPayloadCodec().decode(RedemptionChanged.self, from: $0.payload) }
        #expect(payloads.map(\.state) == [.held, .redeemed, .restored])
        #expect(payloads.allSatisfy { $0.promotions == ["a", "b", "spring"] && $0.reference == "order-7" })
        #expect(payloads.map(\.reason) == [nil, nil, "canceled"])
    }

    @Test func whatIsPastItsTimeIsForgottenByASweep() async throws {
        let day: Int64 = 24 * 60 * 60
        try await redemptions.hold(1, [.total(of: 5)])
        try await redemptions.release(.number(1), at: .second(2))
        try await redemptions.hold(2, [.total(of: 5)])
        try await redemptions.redeem(.number(2), at: .second(2))
        try await redemptions.expire(dueBy: .second(1 + day), limit: 10)
        #expect(try await redemptions.redemption(.number(1)) != nil)
        try await redemptions.expire(dueBy: .second(2 + day), limit: 10)
        #expect(try await redemptions.redemption(.number(1)) == nil)
        try await redemptions.expire(dueBy: .second(1 + 400 * day), limit: 10)
        #expect(try await redemptions.redemption(.number(2)) != nil)
        try await redemptions.expire(dueBy: .second(2 + 400 * day), limit: 10)
        #expect(try await redemptions.redemption(.number(2)) == nil)
        // What it used stays used.
        #expect(try await used() == 1)
    }

    @Test func everyStateCanBeLeftOnlyTheWayTheTableSays() {
        #expect(RedemptionState.allCases.filter(\.isEnded) == [.released, .expired, .restored])
        #expect(RedemptionState.redeemed.successors == [.restored])
    }
}
