import MarketplaceCore
import MarketplaceCoupons
import MarketplacePromotions

/// What redemptions ought to do, in the plainest terms: one caller, time never goes back.
struct RedemptionModel {
    struct Entry {
        let request: RedemptionRequest
        var state: RedemptionState
        /// What it has of limits and codes now.
        var claims: [QuotaClaim]
        var codes: Set<CouponCode>
        var wasMade = true
    }

    /// Whose each coupon is.
    let owners: [CouponCode: MemberKey]
    /// The coupons that never come back.
    let spent: Set<CouponCode>
    let sharedLimit: Int64
    var entries: [RedemptionID: Entry] = [:]

    /// Ends what is overdue at `time`.
    mutating func settle(at time: Timestamp) {
        for (id, entry) in entries where entry.state == .held && entry.request.deadline <= time {
            end(id, in: .expired)
        }
    }

    private mutating func end(_ id: RedemptionID, in state: RedemptionState) {
        entries[id]?.state = state
        entries[id]?.claims = []
        entries[id]?.codes = []
    }

    func used(_ quota: QuotaClaim.Quota) -> Int64 {
        entries.values.flatMap(\.claims).filter { $0.quota == quota }.reduce(0) { $0 + $1.amount }
    }

    func uses(of code: CouponCode) -> Int64 {
        Int64(entries.values.count { $0.codes.contains(code) })
    }

    /// All refusals that the state justifies; none when the request must be granted.
    func refusals(of request: RedemptionRequest) -> [CouponRefusal] {
        if let entry = entries[request.id] {
            switch entry.state {
            case .released: return [.released(request.id)]
            case .expired: return [.expired(request.id, deadline: entry.request.deadline)]
            case .restored: return [.restored(request.id)]
            case .held, .redeemed:
                let isSame =
                    entry.request.member == request.member && Set(entry.request.codes) == Set(request.codes)
                    && Self.sums(entry.request.claims) == Self.sums(request.claims)
                return isSame ? [] : [.redemptionMismatch(request.id)]
            }
        }
        var refusals: [CouponRefusal] = []
        for code in Set(request.codes) {
            if code == RedemptionAudit.sharedCode {
                let used = uses(of: code)
                if used >= sharedLimit { refusals.append(.codeUsedUp(code, limit: sharedLimit, used: used)) }
                continue
            }
            if let owner = owners[code], owner != request.member { refusals.append(.couponOfAnotherMember(code)) }
            if let (id, entry) = entries.first(where: { $0.value.codes.contains(code) }) {
                refusals.append(entry.state == .held ? .couponHeld(code, by: id) : .couponUsed(code))
            }
        }
        for (quota, amount) in Self.sums(request.claims) {
            let limit = request.claims.filter { $0.quota == quota }.map(\.limit).min() ?? 0
            let used = used(quota)
            guard used + amount > limit else { continue }
            let figures = shortfall(quota, limit: limit, used: used, requested: amount)
            if case .budget = quota {
                refusals.append(.budgetExhausted(figures))
            } else {
                refusals.append(.limitReached(figures))
            }
        }
        return refusals
    }

    mutating func hold(_ request: RedemptionRequest) {
        guard entries[request.id] == nil else { return }
        entries[request.id] = Entry(
            request: request,
            state: .held,
            claims: request.claims,
            codes: Set(request.codes)
        )
    }

    mutating func redeem(_ id: RedemptionID) -> CouponRefusal? {
        guard let entry = entries[id] else { return .unknownRedemption(id) }
        switch entry.state {
        case .held, .redeemed: entries[id]?.state = .redeemed
        case .released: return .released(id)
        case .expired: return .expired(id, deadline: entry.request.deadline)
        case .restored: return .restored(id)
        }
        return nil
    }

    mutating func release(_ id: RedemptionID, at time: Timestamp) -> Result<RedemptionReleaseOutcome, CouponRefusal> {
        guard let entry = entries[id] else {
            forestall(id, at: time)
            return .success(.neverHeld)
        }
        switch entry.state {
        case .held: end(id, in: .released)
        case .released: break
        case .expired: return .success(.expired)
        case .redeemed: return .failure(.alreadyRedeemed(id))
        case .restored: return .failure(.restored(id))
        }
        return .success(entry.wasMade ? .released : .neverHeld)
    }

    private mutating func forestall(_ id: RedemptionID, at time: Timestamp) {
        let request = RedemptionRequest(id: id, member: "nobody", claims: [], deadline: time, at: time)
        entries[id] = Entry(request: request, state: .released, claims: [], codes: [], wasMade: false)
    }

    mutating func restore(
        _ id: RedemptionID,
        at time: Timestamp,
        policy: RestorePolicy?
    ) -> Result<RedemptionRestoreOutcome, CouponRefusal> {
        guard let entry = entries[id] else { return .failure(.unknownRedemption(id)) }
        switch entry.state {
        case .held: return .failure(.notRedeemed(id))
        case .released: return .failure(.released(id))
        case .expired: return .failure(.expired(id, deadline: entry.request.deadline))
        case .restored: return .success(.restored)
        case .redeemed: break
        }
        let keepsClaims = !(policy ?? entry.request.restoring).restores(at: time)
        let keptCodes = entry.codes.filter { policy.map { !$0.restores(at: time) } ?? spent.contains($0) }
        let hadNothing = entry.claims.isEmpty && entry.codes.isEmpty
        if !hadNothing, keepsClaims || entry.claims.isEmpty, keptCodes.count == entry.codes.count {
            return .success(.kept)
        }
        entries[id]?.state = .restored
        if !keepsClaims { entries[id]?.claims = [] }
        entries[id]?.codes = keptCodes
        return .success(.restored)
    }

    mutating func undo(_ id: RedemptionID, at time: Timestamp) {
        switch entries[id]?.state {
        case nil: forestall(id, at: time)
        case .held: end(id, in: .released)
        case .redeemed: end(id, in: .restored)
        case .released, .expired, .restored: break
        }
    }

    private static func sums(_ claims: [QuotaClaim]) -> [QuotaClaim.Quota: Int64] {
        claims.reduce(into: [:]) { $0[$1.quota, default: 0] += $1.amount }
    }
}
