import MarketplaceCore
import MarketplaceCoupons
import MarketplaceInMemory
import MarketplaceJSON
import MarketplacePromotions
import MarketplaceStorage
import MarketplaceTestKit

extension Timestamp {
    /// A time of a scenario: so many seconds after its beginning.
    static func second(_ seconds: Int64) -> Timestamp {
        Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000 + seconds * 1_000_000)
    }
}

extension Identifier {
    /// One of many.
    static func number(_ number: Int) -> Identifier { Identifier(bits: UInt128(number)) }
}

extension IdempotencyKey {
    /// The key of one of many requests.
    static func number(_ number: Int) -> IdempotencyKey { IdempotencyKey(stringLiteral: "request-\(number)") }
}

extension FaultInjectingStore {
    /// An in-memory store whose commits now and then end as unknown, and whose reads let others go first.
    static func uncertain(oneIn odds: Int, seed: UInt64) -> FaultInjectingStore {
        FaultInjectingStore(
            InMemoryStore(),
            rule: uncertainty(oneIn: odds, seed: seed),
            afterRead: { await Task.yield() }
        )
    }
}

extension QuotaClaim {
    /// One use of a promotion that all orders together may use so often.
    static func total(_ promotion: PromotionID = "spring", of limit: Int64, amount: Int64 = 1) -> QuotaClaim {
        QuotaClaim(promotion: promotion, quota: .total, amount: amount, limit: limit)
    }

    /// One use of a promotion that a member may use so often.
    static func member(_ member: MemberKey = "ann", of limit: Int64, amount: Int64 = 1) -> QuotaClaim {
        QuotaClaim(promotion: "spring", quota: .member(member), amount: amount, limit: limit)
    }

    /// So much of a budget, in cents.
    static func budget(_ amountMinor: Int64, of limitMinor: Int64) -> QuotaClaim {
        QuotaClaim(promotion: "spring", quota: .budget(.eur), amount: amountMinor, limit: limitMinor)
    }
}

extension CouponRedemptions {
    /// Holds at a second, for a minute unless told otherwise.
    @discardableResult
    func hold(
        _ number: Int,
        _ claims: [QuotaClaim] = [],
        codes: [CouponCode] = [],
        member: MemberKey = "ann",
        restoring: RestorePolicy = .always,
        at second: Int64 = 1,
        until deadline: Int64? = nil
    ) async throws(CouponError) -> Redemption {
        try await hold(
            RedemptionRequest(
                id: .number(number),
                member: member,
                claims: claims,
                codes: codes,
                reference: "order-7",
                restoring: restoring,
                deadline: .second(deadline ?? second + 60),
                at: .second(second)
            )
        )
    }

    /// All redemptions that are held or redeemed, read in pages.
    func allOpen(pageSize: Int = 100) async throws -> [Redemption] {
        var redemptions: [Redemption] = []
        var last: RedemptionID?
        repeat {
            let slice = try await openRedemptions(after: last, limit: pageSize)
            redemptions += slice.redemptions
            last = slice.next
        } while last != nil
        return redemptions
    }
}

/// The refusal that `body` ends in; nil when it succeeds.
func refusal(_ body: () async throws(CouponError) -> Void) async throws -> CouponRefusal? {
    do throws(CouponError) {
        try await body()
        return nil
    } catch {
        guard let refusal = error.refusal else { throw error }
        return refusal
    }
}

/// Makes a call again, as a caller does, while it ends as unknown or not applied: every call repeats harmlessly.
func askingAgain<Value: Sendable>(
    _ call: @Sendable () async throws(CouponError) -> Value
) async throws(CouponError) -> Value {
    let mostRepeats = 20
    for _ in 0..<mostRepeats {
        do throws(CouponError) {
            return try await call()
        } catch {
            guard error.effect != .refused else { throw error }
        }
    }
    return try await call()
}

/// The figures of a refusal for a limit of the promotion that scenarios are about.
func shortfall(
    _ quota: QuotaClaim.Quota = .total,
    limit: Int64,
    used: Int64,
    requested: Int64 = 1
) -> QuotaShortfall {
    QuotaShortfall(promotion: "spring", quota: quota, limit: limit, used: used, requested: requested)
}
