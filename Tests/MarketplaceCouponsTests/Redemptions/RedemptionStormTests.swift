import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplaceJSON
import MarketplacePromotions
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport
import Testing

/// Very many buyers at once.
struct RedemptionStormTests {
    private static let claimCount = PropertyRun.whole(10_000, reducedTo: 2_000)

    @Test func howeverManyClaimFiveHundredUsesHaveFiveHundredWinners() async throws {
        let store = InMemoryStore()
        let redemptions = CouponRedemptions(store: store, codec: .json)
        let answers = try await Self.answers(count: Self.claimCount) { number throws(CouponError) in
            try await redemptions.hold(number, [.total(of: 500)])
        }
        #expect(answers.count { $0 == nil } == 500)
        #expect(answers.count { $0 == .limitReached(shortfall(limit: 500, used: 500)) } == Self.claimCount - 500)
        #expect(try await redemptions.used(.total, of: "spring") == 500)
        #expect(try await redemptions.allOpen(pageSize: 1_000).count == 500)
    }

    @Test func howeverManyClaimOneUseItHasOneWinner() async throws {
        let redemptions = CouponRedemptions(store: InMemoryStore(), codec: .json)
        let claim = QuotaClaim(promotion: "spring", quota: .code("GOLD"), amount: 1, limit: 1)
        let answers = try await Self.answers(count: Self.claimCount) { number throws(CouponError) in
            try await redemptions.hold(number, [claim])
        }
        #expect(answers.count { $0 == nil } == 1)
        #expect(
            answers.count { $0 == .limitReached(shortfall(.code("GOLD"), limit: 1, used: 1)) } == Self.claimCount - 1
        )
    }

    @Test func aMembersLimitHoldsHoweverManyOrdersThereAreAtOnce() async throws {
        let redemptions = CouponRedemptions(
            store: FaultInjectingStore.uncertain(oneIn: 3, seed: 11),
            codec: .json
        )
        let answers = try await Self.answers(count: 200) { number throws(CouponError) in
            let member = MemberKey(stringLiteral: "member-\(number % 10)")
            _ = try await askingAgain { () async throws(CouponError) in
                try await redemptions.hold(number, [.member(member, of: 3), .budget(1, of: 1_000)], member: member)
            }
        }
        #expect(answers.count { $0 == nil } == 30)
        #expect(try await redemptions.used(.budget(.eur), of: "spring") == 30)
    }

    @Test func oneIDIsHeldOnceHoweverManyAskForIt() async throws {
        let redemptions = CouponRedemptions(
            store: FaultInjectingStore.uncertain(oneIn: 3, seed: 5),
            codec: .json
        )
        let answers = try await Self.answers(count: 20) { number throws(CouponError) in
            _ = try await askingAgain { () async throws(CouponError) in
                try await redemptions.hold(1, [.total(of: 5)], at: Int64(number % 5))
            }
        }
        #expect(answers.allSatisfy { $0 == nil })
        #expect(try await redemptions.used(.total, of: "spring") == 1)
    }

    /// What becomes of so many calls, made at once.
    static func answers(
        count: Int,
        _ call: @escaping @Sendable (Int) async throws(CouponError) -> Void
    ) async throws -> [CouponRefusal?] {
        try await withThrowingTaskGroup(of: CouponRefusal?.self) { group in
            for number in 1...count {
                group.addTask { try await refusal { () async throws(CouponError) in try await call(number) } }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
