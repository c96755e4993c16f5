public import MarketplaceCore
public import MarketplaceStorage

/// Gives members coupons of their own: first come first served, or in exchange for a code.
///
/// How many a campaign and a member can have are counters with a ceiling in the same commit as the coupon: exactly as
/// many are given out as there are, and a campaign everybody wants does not make its members retry. A limit that is set
/// later counts from then on.
public struct CouponIssuing: Sendable {
    let archive: CouponArchive
    let format: CouponCodeFormat
    /// Ends the overdue holds that stand in the way of a coupon.
    let redemptions: CouponRedemptions

    /// The coupons that `store` keeps.
    ///
    /// - Parameters:
    ///   - store: Keeps the coupons.
    ///   - codec: Writes them.
    ///   - format: How generated codes look. Give every service of one store the same.
    ///   - maximumAttempts: How often a call is tried while others change the same things.
    public init(
        store: any Store,
        codec: any PayloadCodec,
        format: CouponCodeFormat = .standard,
        maximumAttempts: Int = CouponRedemptions.Configuration.defaultMaximumAttempts
    ) {
        archive = CouponArchive(store: store, codec: codec, maximumAttempts: maximumAttempts)
        self.format = format
        redemptions = CouponRedemptions(
            store: store,
            codec: codec,
            configuration: CouponRedemptions.Configuration(maximumAttempts: maximumAttempts)
        )
    }

    /// Gives a member a coupon, if there is one left.
    ///
    /// - Parameters:
    ///   - campaign: Of which campaign.
    ///   - member: To whom.
    ///   - key: Names the request: repeating it returns the same coupon and counts nothing, also when the campaign is
    ///     over since.
    ///   - domains: The domains of the member's verified e-mail addresses, for campaigns of a partner.
    ///   - time: When.
    /// - Returns: The coupon.
    /// - Throws: `issuedOut` and `memberLimit` with the figures; `notEligible`, `notIssuedThisWay`, `notStarted`, `ended`,
    ///   `paused`, `closed`, `unknownCampaign`; `issueMismatch` when the key was used for another member.
    @discardableResult
    public func issue(
        _ campaign: CampaignID,
        to member: MemberKey,
        key: IdempotencyKey,
        domains: [EmailDomain] = [],
        at time: Timestamp
    ) async throws(CouponError) -> Coupon {
        try await issue(IssueOrder(campaign, member, key, domains, time, way: .onDemand))
    }

    /// Gives a member a coupon of their own for a code.
    ///
    /// A single-use code becomes the coupon itself; a code for everybody stays what it is, and each member has one
    /// coupon for it. Repeating it returns the same coupon.
    ///
    /// - Parameters:
    ///   - code: The code, read by ``CouponCodeFormat/code(typed:)``.
    ///   - member: Who has it.
    ///   - domains: The domains of the member's verified e-mail addresses, for campaigns of a partner.
    ///   - time: When.
    /// - Returns: The coupon.
    /// - Throws: `mistypedCode` before any store is asked; `unknownCode`, `couponOfAnotherMember`, `couponUsed`,
    ///   `couponHeld`, `codeUsedUp`; as ``issue(_:to:key:domains:at:)``.
    @discardableResult
    public func exchange(
        _ code: CouponCode,
        by member: MemberKey,
        domains: [EmailDomain] = [],
        at time: Timestamp
    ) async throws(CouponError) -> Coupon {
        try format.checking(code)
        guard let stored = try await archive.read(CouponKeySpace.code(code), as: CodeDocument.self)?.value else {
            throw .refused(.unknownCode(code))
        }
        guard stored.kind == .shared else {
            return try await issue(IssueOrder(exchanging: code, of: stored.campaign, member, domains, time))
        }
        let key = IdempotencyKey(unchecked: "code/\(code.text.utf8.count)/\(code)/\(member)")
        let shared = IssueOrder.SharedCode(code: code, limit: stored.limit)
        return try await issue(
            IssueOrder(stored.campaign, member, key, domains, time, way: .byCode, shared: shared)
        )
    }

    /// One coupon; nil when there is none of that code, or when it is a code that nobody owns.
    public func coupon(_ code: CouponCode, at time: Timestamp) async throws(CouponError) -> Coupon? {
        try CouponLimits.validate(code.text, maximum: CouponLimits.codeBytes)
        return try await archive.read(CouponKeySpace.code(code), as: CodeDocument.self)?.value
            .coupon(code, at: time)
    }

    /// A member's coupons, those issued last first.
    ///
    /// - Parameters:
    ///   - member: Whose.
    ///   - cursor: Where the page before ended.
    ///   - limit: The most coupons, 1 to ``CouponLimits/pageSize``.
    ///   - time: As of when they are available or expired.
    /// - Returns: One page.
    /// - Throws: When the store fails.
    public func coupons(
        of member: MemberKey,
        after cursor: CouponCursor? = nil,
        limit: Int,
        at time: Timestamp
    ) async throws(CouponError) -> CouponSlice {
        var query = DocumentQuery.indexed(
            CouponKeySpace.codes,
            by: CodeDocument.ownerIndex,
            prefix: [.text(member.text)],
            descending: true,
            limit: CouponLimits.clamped(limit: limit)
        )
        if let cursor {
            let values: [IndexValue] = [.text(member.text), .time(cursor.issuedAt)]
            query = query.continued(from: DocumentCursor(values: values, id: cursor.code.retyped()))
        }
        let slice = try await archive.documents(matching: query)
        var coupons: [Coupon] = []
        for document in slice.documents {
            let value = try archive.decoded(CodeDocument.self, from: document.body)
            if let coupon = value.coupon(document.key.id.retyped(), at: time) { coupons.append(coupon) }
        }
        let last = slice.next == nil ? nil : coupons.last
        return CouponSlice(
            coupons: coupons,
            next: last.map { CouponCursor(issuedAt: $0.issuedAt, code: $0.code) }
        )
    }

    /// How many coupons a campaign has issued; counted only while it has a limit in all.
    public func issuedCount(of campaign: CampaignID) async throws(CouponError) -> Int64 {
        try await archive.counter(CouponKeySpace.issued(campaign))
    }
}
