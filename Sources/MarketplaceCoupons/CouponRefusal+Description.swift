import MarketplaceCore

extension CouponRefusal: CustomStringConvertible {
    /// The reason, in a sentence.
    public var description: String {
        switch self {
        case .limitReached(let shortfall), .budgetExhausted(let shortfall): shortfall.description
        case .codeUsedUp(let code, let limit, let used): "code \(code) may be used \(limit) times and was \(used) times"
        case .tooMany(let count, let maximum): "a request has at most \(maximum), not \(count)"
        case .invalidClaim(let promotion, let amount, let limit):
            "a claim of \(amount) of a limit of \(limit) of \(promotion) cannot be counted"
        case .keyTooLong(let count, let maximum): "the text has \(count) bytes, at most \(maximum) are allowed"
        case .attributeContainsNUL(let name): "the fact \(name) contains U+0000"
        case .deadlinePassed(let deadline, let time): "the deadline \(deadline) does not lie after \(time)"
        default: redemptionDescription ?? codeDescription ?? campaignDescription ?? "refused"
        }
    }

    private var redemptionDescription: String? {
        switch self {
        case .expired(let id, let deadline): "redemption \(id) expired at \(deadline)"
        case .released(let id): "redemption \(id) was released"
        case .restored(let id): "redemption \(id) was restored"
        case .alreadyRedeemed(let id): "redemption \(id) was redeemed"
        case .notRedeemed(let id): "redemption \(id) is held, not redeemed"
        case .unknownRedemption(let id): "there is no redemption \(id)"
        case .redemptionMismatch(let id): "redemption \(id) was made with other content or for another member"
        default: nil
        }
    }

    private var codeDescription: String? {
        switch self {
        case .mistypedCode(let code): "code \(code) was typed wrongly"
        case .unknownCode(let code): "there is no code \(code)"
        case .couponUsed(let code): "coupon \(code) was used"
        case .couponHeld(let code, let id): "coupon \(code) is held by redemption \(id)"
        case .couponExpired(let code, let time): "coupon \(code) expired at \(time)"
        case .couponOfAnotherMember(let code): "coupon \(code) is another member's"
        case .mustBeExchanged(let code): "code \(code) must be exchanged for a coupon first"
        case .codeMismatch(let code): "code \(code) exists with other content"
        case .codeLengthReserved(let code, let length): "code \(code) is as long as generated ones (\(length))"
        default: nil
        }
    }

    private var campaignDescription: String? {
        switch self {
        case .unknownCampaign(let id): "there is no campaign \(id)"
        case .campaignExists(let id): "campaign \(id) exists with other terms"
        case .notStarted(let id, let time): "campaign \(id) opens at \(time)"
        case .ended(let id, let time): "campaign \(id) ended at \(time)"
        case .paused(let id): "campaign \(id) is paused"
        case .closed(let id): "campaign \(id) was closed"
        case .invalidTerms(let fault): "the terms are invalid: \(fault)"
        case .issuedOut(let id, let limit, let issued): "campaign \(id) has \(limit) coupons and issued \(issued)"
        case .memberLimit(let id, let limit, let issued):
            "a member may have \(limit) coupons of campaign \(id); this one has \(issued)"
        case .notEligible(let id): "campaign \(id) is for the members of a partner"
        case .notIssuedThisWay(let id, let issuing): "campaign \(id) issues coupons \(issuing)"
        case .issueMismatch(let key): "another coupon was issued under the key \(key)"
        case .batchMismatch(let id): "batch \(id) exists with other content"
        case .badBatchSize(let count, let maximum): "a batch has 1 to \(maximum) codes, not \(count)"
        default: nil
        }
    }
}
