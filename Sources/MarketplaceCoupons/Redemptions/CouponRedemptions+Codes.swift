import MarketplaceCore
import MarketplacePromotions
import MarketplaceStorage

extension CouponRedemptions {
    /// A code that a request uses, and how often it can be used.
    struct TakenCode {
        let use: RedemptionDocument.CodeUse
        let limit: Int64?
    }

    /// Adds to a transaction what using the codes of a request takes; nil when others were faster.
    ///
    /// The campaigns the codes belong to must stand as they were read: one that is paused meanwhile refuses.
    func take(
        _ request: RedemptionRequest,
        in transaction: inout Transaction
    ) async throws(CouponError) -> [TakenCode]? {
        var taken: [TakenCode] = []
        var campaigns: [CampaignID: LoadedAggregate<Campaign>] = [:]
        var seen: Set<CouponCode> = []
        for code in request.codes where seen.insert(code).inserted {
            guard let stored = try await archive.read(CouponKeySpace.code(code), as: CodeDocument.self) else {
                throw .refused(.unknownCode(code))
            }
            let document = stored.value
            let campaign: LoadedAggregate<Campaign>
            if let known = campaigns[document.campaign] {
                campaign = known
            } else {
                campaign = try await archive.campaign(document.campaign)
                campaigns[document.campaign] = campaign
                transaction.require(.stream(CouponKeySpace.campaign(document.campaign), at: campaign.version))
            }
            if let refusal = document.refusal(of: code, to: request.member, in: campaign.root, at: request.time) {
                throw .refused(refusal)
            }
            guard try await isFree(code, document, at: request.time) else { return nil }
            if document.kind == .coupon {
                let next = document.moved(to: .held, by: request.id, at: request.time)
                try archive.write(next, of: code, expecting: .exactly(stored.revision), to: &transaction)
            } else if let limit = document.limit {
                transaction.add(1, to: CouponKeySpace.uses(of: code), ceiling: limit)
            }
            let use = RedemptionDocument.CodeUse(
                code: code,
                isCoupon: document.kind == .coupon,
                isCounted: document.kind == .shared && document.limit != nil,
                restoring: document.restoring ?? campaign.root.terms?.restoring ?? request.restoring,
                expiry: document.expiry ?? campaign.root.terms?.until
            )
            taken.append(TakenCode(use: use, limit: document.limit))
        }
        return taken
    }

    /// Whether no redemption has the coupon in its hands; one that is overdue lets go of it, and then it must be read
    /// again: false.
    func isFree(
        _ code: CouponCode,
        _ document: CodeDocument,
        at time: Timestamp
    ) async throws(CouponError) -> Bool {
        switch document.state {
        case .available: return true
        case .redeemed: throw .refused(.couponUsed(code))
        case .held:
            guard let holder = document.redemption else { return true }
            let key = CouponKeySpace.redemption(holder)
            guard let stored = try await archive.read(key, as: RedemptionDocument.self), stored.value.state == .held
            else { return false }
            guard stored.value.isOverdue(at: time) else { throw .refused(.couponHeld(code, by: holder)) }
            _ = try await move(holder, stored, to: .expired, at: time)
            return false
        }
    }

    /// Adds to a transaction what the coupons of a redemption become when it moves on.
    func hand(
        _ uses: [RedemptionDocument.CodeUse],
        of id: RedemptionID,
        to state: CodeDocument.State,
        at time: Timestamp,
        in transaction: inout Transaction
    ) async throws(CouponError) {
        for use in uses {
            if use.isCounted, state == .available { transaction.add(-1, to: CouponKeySpace.uses(of: use.code)) }
            guard use.isCoupon,
                let stored = try await archive.read(CouponKeySpace.code(use.code), as: CodeDocument.self),
                stored.value.redemption == id
            else { continue }
            let next = stored.value.moved(to: state, by: state == .available ? nil : id, at: time)
            try archive.write(next, of: use.code, expecting: .exactly(stored.revision), to: &transaction)
        }
    }
}

extension CodeDocument {
    /// Why a member cannot use the code at `time`, whoever else may have it in their hands; nil when they can.
    func refusal(
        of code: CouponCode,
        to member: MemberKey,
        in campaign: Campaign,
        at time: Timestamp
    ) -> CouponRefusal? {
        if let owner, owner != member { return .couponOfAnotherMember(code) }
        // What depends on the member is decided when a coupon is issued; a code nobody owns knows no member.
        if owner == nil, campaign.terms?.isPersonal == true { return .mustBeExchanged(code) }
        if let refusal = campaign.refusal(at: time, expiry: expiry) { return refusal }
        if let expiry, expiry <= time { return .couponExpired(code, expiredAt: expiry) }
        return nil
    }
}

extension CampaignTerms {
    /// Whether it depends on the member whether they can have a coupon.
    var isPersonal: Bool { perMemberLimit != nil || !partnerDomains.isEmpty }
}
