public import MarketplaceCore
public import MarketplaceStorage

/// The codes of campaigns: batches of codes to be used once each, codes for everybody, and what a code stands for.
///
/// A single-use code is a coupon without an owner. It can be used in an order (``CouponRedemptions``) or exchanged for
/// a member's own coupon (``CouponIssuing``); where the campaign has a limit per member or is for a partner, it must be
/// exchanged.
///
/// **Guessing.** A code of the standard format has 64 bits, so trying them is hopeless; shorter codes and codes of
/// somebody's own choice need a limit on attempts, which is for the caller: count the refusals for which
/// ``CouponRefusal/isMiss`` holds by member and by address, and let nobody in here who has too many.
public struct CouponCodes: Sendable {
    /// How many codes one commit makes: their documents stay far below what one transaction may have.
    static let chunkSize = 1_000

    let archive: CouponArchive
    let format: CouponCodeFormat
    let random: any RandomSource

    /// The codes that `store` keeps.
    ///
    /// - Parameters:
    ///   - store: Keeps the codes.
    ///   - codec: Writes them.
    ///   - format: How generated codes look. Give every service of one store the same.
    ///   - random: Where codes come from: the system's randomness, except in a test.
    ///   - maximumAttempts: How often a call is tried while others change the same things.
    public init(
        store: any Store,
        codec: any PayloadCodec,
        format: CouponCodeFormat = .standard,
        random: any RandomSource = SystemRandomSource(),
        maximumAttempts: Int = CouponRedemptions.Configuration.defaultMaximumAttempts
    ) {
        archive = CouponArchive(store: store, codec: codec, maximumAttempts: maximumAttempts)
        self.format = format
        self.random = random
    }

    /// Makes a code of somebody's own choice, which everybody can use: `WELCOME10`.
    ///
    /// Repeating it changes nothing.
    ///
    /// - Parameters:
    ///   - code: The code, in the form of ``MarketplaceCore/TextKey/init(typed:)``.
    ///   - campaign: What it is for.
    ///   - limit: How often it can be used in all; nil is no limit, and counts nothing.
    ///   - time: When it is made.
    /// - Throws: `codeMismatch`, `codeLengthReserved`, `unknownCampaign`, `closed`; `invalidTerms` for a limit of zero or
    ///   below.
    public func share(
        _ code: CouponCode,
        for campaign: CampaignID,
        limit: Int64? = nil,
        at time: Timestamp
    ) async throws(CouponError) {
        try CouponLimits.validate(code.text, maximum: CouponLimits.codeBytes)
        // Else it would be taken for a generated one, and a mistyped one for it.
        guard code.text.utf8.count != format.length else {
            throw .refused(.codeLengthReserved(code, length: format.length))
        }
        if let limit, limit <= 0 { throw .refused(.invalidTerms(.limitNotPositive(limit))) }
        let document = CodeDocument(kind: .shared, campaign: campaign, limit: limit)
        try await archive.attempting { () async throws(CouponError) -> Void? in
            if let stored = try await archive.read(CouponKeySpace.code(code), as: CodeDocument.self) {
                guard stored.value == document else { throw .refused(.codeMismatch(code)) }
                return ()
            }
            try await archive.checkNotClosed(campaign)
            var transaction = Transaction(id: TransactionID(derivedFrom: "coupon code", code.text), time: time)
            try archive.write(document, of: code, expecting: .absent, to: &transaction)
            guard case .done = try await archive.commit(transaction) else { return nil }
            return ()
        }
    }

    /// What a code stands for, if the member could use it now.
    ///
    /// It is what a basket needs to know; what is binding is the hold.
    ///
    /// - Parameters:
    ///   - code: The code, read by ``CouponCodeFormat/code(typed:)``.
    ///   - member: Who wants to use it.
    ///   - redemption: The member's own redemption: what it holds counts as free.
    ///   - time: When.
    /// - Returns: The promotions it opens, and until when.
    /// - Throws: `mistypedCode` before any store is asked; `unknownCode`, `couponUsed`, `couponHeld`, `couponExpired`,
    ///   `couponOfAnotherMember`, `mustBeExchanged`, `codeUsedUp`, `notStarted`, `ended`, `paused`, `closed`.
    public func standing(
        of code: CouponCode,
        for member: MemberKey,
        in redemption: RedemptionID? = nil,
        at time: Timestamp
    ) async throws(CouponError) -> CodeStanding {
        try format.checking(code)
        guard let document = try await archive.read(CouponKeySpace.code(code), as: CodeDocument.self)?.value else {
            throw .refused(.unknownCode(code))
        }
        let campaign = try await archive.campaign(document.campaign).root
        if let refusal = document.refusal(of: code, to: member, in: campaign, at: time) { throw .refused(refusal) }
        if document.redemption == nil || document.redemption != redemption {
            switch document.state {
            case .available: break
            case .redeemed: throw .refused(.couponUsed(code))
            case .held: try await checkOverdue(code, document, at: time)
            }
        }
        if document.kind == .shared, let limit = document.limit {
            let used = try await archive.counter(CouponKeySpace.uses(of: code))
            guard used < limit else { throw .refused(.codeUsedUp(code, limit: limit, used: used)) }
        }
        return CodeStanding(
            code: code,
            campaign: document.campaign,
            promotions: campaign.terms?.promotions ?? [],
            isCoupon: document.kind == .coupon,
            isCounted: document.kind == .coupon || document.limit != nil,
            expiry: document.expiry ?? campaign.terms?.until ?? .distantPast
        )
    }

    /// Refuses a coupon that is held, unless whatever holds it is overdue.
    private func checkOverdue(
        _ code: CouponCode,
        _ document: CodeDocument,
        at time: Timestamp
    ) async throws(CouponError) {
        guard let holder = document.redemption else { return }
        let key = CouponKeySpace.redemption(holder)
        let stored = try await archive.read(key, as: RedemptionDocument.self)?.value
        guard stored?.isOverdue(at: time) == true else { throw .refused(.couponHeld(code, by: holder)) }
    }
}

extension CouponRefusal {
    /// Whether it is what somebody meets who tries codes: nothing of that name exists.
    public var isMiss: Bool {
        switch self {
        case .mistypedCode, .unknownCode: true
        default: false
        }
    }
}

extension CouponCodeFormat {
    /// Checks a code without asking a store.
    func checking(_ code: CouponCode) throws(CouponError) {
        do throws(CouponRefusal) {
            try check(code)
        } catch {
            throw .refused(error)
        }
    }
}

extension CouponArchive {
    /// Refuses what is for a campaign that will never be open again.
    func checkNotClosed(_ id: CampaignID) async throws(CouponError) {
        if try await campaign(id).root.status == .closed { throw .refused(.closed(id)) }
    }
}
