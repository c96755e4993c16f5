import MarketplaceCore
import MarketplacePromotions
import MarketplaceStorage

extension CouponIssuing {
    /// Issues what is ordered, or returns what was issued for the same order before.
    func issue(_ order: IssueOrder) async throws(CouponError) -> Coupon {
        try CouponLimits.validate(order.member.text, maximum: CouponLimits.memberBytes)
        return try await archive.attempting { () async throws(CouponError) -> Coupon? in
            let stored = try await archive.read(CouponKeySpace.code(order.code), as: CodeDocument.self)
            if let document = stored?.value, document.owner != nil {
                return try issuedBefore(document, order)
            }
            let campaign = try await archive.campaign(order.campaign)
            guard let terms = campaign.root.terms else { throw .refused(.unknownCampaign(order.campaign)) }
            if let refusal = campaign.root.refusal(at: order.time, expiry: nil) ?? order.refusal(by: terms) {
                throw .refused(refusal)
            }
            var document = stored?.value ?? CodeDocument(kind: .coupon, campaign: order.campaign)
            guard try await redemptions.isFree(order.code, document, at: order.time) else { return nil }
            document.owner = order.member
            document.issueKey = order.key
            document.issuedAt = order.time
            document.expiry = terms.expiry(ofCouponIssuedAt: order.time)
            document.restoring = terms.restoring
            var transaction = Transaction(
                id: TransactionID(derivedFrom: "coupon issue", order.code.text),
                time: order.time
            )
            transaction.require(.stream(CouponKeySpace.campaign(order.campaign), at: campaign.version))
            try archive.write(
                document,
                of: order.code,
                expecting: stored.map { .exactly($0.revision) } ?? .absent,
                to: &transaction
            )
            try record(order, in: &transaction)
            count(order, terms, in: &transaction)
            switch try await archive.commit(transaction) {
            case .done: return document.coupon(order.code, at: order.time)
            case .contended: return nil
            case .bound(let key, _, let value):
                guard let refusal = refusal(of: order, terms, key, value: value) else { return nil }
                // Orders that were given up may hold uses of a code for everybody.
                if case .codeUsedUp = refusal, try await redemptions.releaseOverdue(at: order.time) { return nil }
                throw .refused(refusal)
            }
        }
    }

    /// Adds to a transaction the event of an order.
    private func record(_ order: IssueOrder, in transaction: inout Transaction) throws(CouponError) {
        let issued = CouponIssued(
            code: order.code,
            campaign: order.campaign,
            owner: order.member,
            exchangedFor: order.shared?.code
        )
        let id = TransactionID(derivedFrom: "coupon issued", order.code.text)
        try archive.append(issued, idBits: id.bits, to: CouponKeySpace.coupon(order.code), in: &transaction)
    }

    /// Adds to a transaction what is counted of an order: nothing where there is no limit.
    private func count(_ order: IssueOrder, _ terms: CampaignTerms, in transaction: inout Transaction) {
        if let limit = terms.totalLimit {
            transaction.add(1, to: CouponKeySpace.issued(order.campaign), ceiling: limit)
        }
        if let limit = terms.perMemberLimit {
            transaction.add(1, to: CouponKeySpace.issued(order.campaign, to: order.member), ceiling: limit)
        }
        if let shared = order.shared, let limit = shared.limit {
            transaction.add(1, to: CouponKeySpace.uses(of: shared.code), ceiling: limit)
        }
    }

    /// The refusal that a counter at its ceiling stands for.
    private func refusal(
        of order: IssueOrder,
        _ terms: CampaignTerms,
        _ key: CounterKey,
        value: Int64
    ) -> CouponRefusal? {
        if let limit = terms.totalLimit, key == CouponKeySpace.issued(order.campaign) {
            return .issuedOut(order.campaign, limit: limit, issued: value)
        }
        if let limit = terms.perMemberLimit, key == CouponKeySpace.issued(order.campaign, to: order.member) {
            return .memberLimit(order.campaign, limit: limit, issued: value)
        }
        if let shared = order.shared, let limit = shared.limit, key == CouponKeySpace.uses(of: shared.code) {
            return .codeUsedUp(shared.code, limit: limit, used: value)
        }
        return nil
    }

    /// The answer when the coupon has an owner already.
    private func issuedBefore(_ document: CodeDocument, _ order: IssueOrder) throws(CouponError) -> Coupon? {
        guard document.owner == order.member, document.issueKey == order.key, document.campaign == order.campaign
        else {
            throw .refused(order.key.map(CouponRefusal.issueMismatch) ?? .couponOfAnotherMember(order.code))
        }
        return document.coupon(order.code, at: order.time)
    }
}
