import MarketplaceCore
import MarketplacePromotions
import MarketplaceStorage

extension CouponRedemptions {
    private enum Attempt {
        case made(Redemption)
        case contended
        /// Because of what its id is known by.
        case refused(CouponRefusal)
        /// Because of what was read of its codes, or of others.
        case forbidden(CouponRefusal)
        /// A counter is at its bound, which overdue holds may have brought it to.
        case full(CouponRefusal)
    }

    /// Sets aside all that is claimed, or nothing.
    ///
    /// A repetition (same id, member, claims and codes) returns the redemption as it stands; once it was given back it
    /// is refused with that. One read and one commit when nobody interferes, and two reads more for each code.
    ///
    /// - Throws: `limitReached`, `budgetExhausted`, `codeUsedUp` with the figures; whatever makes a code unusable for
    ///   this member at this time; `redemptionMismatch`, `released`, `expired`, `restored`; what no state would accept.
    @discardableResult
    public func hold(_ request: RedemptionRequest) async throws(CouponError) -> Redemption {
        try request.validate()
        let demands = try QuotaDemand.demands(of: request.claims)
        return try await archive.attempting { () async throws(CouponError) -> Redemption? in
            switch try await attempt(request, demands) {
            case .made(let redemption): return redemption
            case .contended: return nil
            case .refused(let refusal): throw .refused(refusal)
            case .forbidden(let refusal): try await refuse(refusal, request)
            case .full(let refusal):
                if try await !releaseOverdue(at: request.time) { try await refuse(refusal, request) }
            }
            return nil
        }
    }

    /// Refuses, unless the id has become known meanwhile: then its redemption is the answer, not what that has left.
    private func refuse(_ refusal: CouponRefusal, _ request: RedemptionRequest) async throws(CouponError) {
        let known = try await archive.read(CouponKeySpace.redemption(request.id), as: RedemptionDocument.self)
        if known == nil { throw .refused(refusal) }
    }

    private func attempt(
        _ request: RedemptionRequest,
        _ demands: [QuotaDemand]
    ) async throws(CouponError) -> Attempt {
        let key = CouponKeySpace.redemption(request.id)
        if let stored = try await archive.read(key, as: RedemptionDocument.self) {
            return try await repeated(request, demands, stored)
        }
        var transaction = Transaction(
            id: TransactionID(derivedFrom: "coupon hold", request.id.description),
            time: request.time
        )
        let uses: [TakenCode]
        do throws(CouponError) {
            guard let taken = try await take(request, in: &transaction) else { return .contended }
            uses = taken
        } catch {
            guard case .refused(let refusal) = error else { throw error }
            return .forbidden(refusal)
        }
        for demand in demands { transaction.add(demand.amount, to: demand.key, ceiling: demand.limit) }
        let document = RedemptionDocument(
            member: request.member,
            claims: request.claims.map(ClaimForm.init),
            codes: uses.map(\.use),
            reference: request.reference,
            restoring: request.restoring,
            state: .held,
            deadline: request.deadline,
            heldAt: request.time,
            changedAt: request.time
        )
        try archive.write(document, of: request.id, expecting: .absent, to: &transaction)
        switch try await archive.commit(transaction) {
        case .done: return .made(try archive.redemption(request.id, document))
        case .contended: return .contended
        case .bound(let key, _, let used):
            if let demand = demands.first(where: { $0.key == key }) { return .full(demand.refusal(used: used)) }
            if let full = uses.first(where: { CouponKeySpace.uses(of: $0.use.code) == key }), let limit = full.limit {
                return .full(.codeUsedUp(full.use.code, limit: limit, used: used))
            }
            return .contended
        }
    }

    /// The answer to a request whose id is known.
    private func repeated(
        _ request: RedemptionRequest,
        _ demands: [QuotaDemand],
        _ stored: StoredValue<RedemptionDocument>
    ) async throws(CouponError) -> Attempt {
        let document = stored.value
        if document.isOverdue(at: request.time) {
            guard try await move(request.id, stored, to: .expired, at: request.time) else { return .contended }
            return .refused(.expired(request.id, deadline: document.deadline ?? request.time))
        }
        if let refusal = document.refusal(request.id) { return .refused(refusal) }
        let redemption = try archive.redemption(request.id, document)
        let held = try QuotaDemand.demands(of: redemption.claims)
        guard redemption.member == request.member, Set(redemption.codes) == Set(request.codes),
            held.map(\.key) == demands.map(\.key), held.map(\.amount) == demands.map(\.amount)
        else { return .refused(.redemptionMismatch(request.id)) }
        return .made(redemption)
    }
}
