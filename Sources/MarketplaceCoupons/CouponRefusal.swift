public import MarketplaceCore

/// Why a call about coupons, codes, campaigns or limits is refused, with the facts.
///
/// Nothing was changed. When several claims or codes would be refused, which of them is named is not specified.
public enum CouponRefusal: EffectStating, Hashable, Codable {
    // Limits
    /// A promotion was used as often as it may be. Never said because of contention.
    case limitReached(QuotaShortfall)
    /// A promotion has taken off as much as it may; the amounts are minor units.
    case budgetExhausted(QuotaShortfall)
    /// A code for everybody was used as often as it may be.
    case codeUsedUp(CouponCode, limit: Int64, used: Int64)

    // Redemptions
    /// The hold ended at its deadline. A payment that comes after it finds this, never a silent redemption.
    case expired(RedemptionID, deadline: Timestamp)
    /// The redemption was released, perhaps before it was made.
    case released(RedemptionID)
    /// The redemption was restored.
    case restored(RedemptionID)
    /// The redemption was redeemed: it can be restored, no longer released.
    case alreadyRedeemed(RedemptionID)
    /// The redemption is only held; what is restored must have been redeemed.
    case notRedeemed(RedemptionID)
    /// No redemption of that id is known.
    case unknownRedemption(RedemptionID)
    /// A redemption of that id with other claims or codes, or of another member, exists.
    case redemptionMismatch(RedemptionID)
    /// The deadline does not lie after the time of the request.
    case deadlinePassed(deadline: Timestamp, time: Timestamp)
    /// The request has more claims, or more codes, than one may have.
    case tooMany(Int, maximum: Int)
    /// A claim's amount or limit is negative, or its sum with others does not fit 64 bits.
    case invalidClaim(PromotionID, amount: Int64, limit: Int64)
    /// A key, a code, a name or a fact of the buyer has more bytes than it may have here.
    case keyTooLong(byteCount: Int, maximum: Int)
    /// A fact of the buyer contains U+0000, which no key can.
    case attributeContainsNUL(name: String)

    // Codes and coupons
    /// The check character says that it was typed wrongly; no store was asked.
    case mistypedCode(CouponCode)
    /// There is no such code.
    case unknownCode(CouponCode)
    /// The coupon was redeemed.
    case couponUsed(CouponCode)
    /// The coupon is held for another order.
    case couponHeld(CouponCode, by: RedemptionID)
    /// The coupon is no longer valid.
    case couponExpired(CouponCode, expiredAt: Timestamp)
    /// The coupon is another member's.
    case couponOfAnotherMember(CouponCode)
    /// The code must be exchanged for a coupon first: its campaign has a limit per member, or is for a partner.
    case mustBeExchanged(CouponCode)
    /// The code exists, of another campaign or with another limit.
    case codeMismatch(CouponCode)
    /// A code of somebody's own choice must not be as long as generated ones, whose last character is a check.
    case codeLengthReserved(CouponCode, length: Int)

    // Campaigns
    /// There is no such campaign.
    case unknownCampaign(CampaignID)
    /// A campaign of that id with other terms exists.
    case campaignExists(CampaignID)
    /// The campaign begins later.
    case notStarted(CampaignID, opensAt: Timestamp)
    /// The campaign is over.
    case ended(CampaignID, endedAt: Timestamp)
    /// The campaign is paused.
    case paused(CampaignID)
    /// The campaign was closed.
    case closed(CampaignID)
    /// The terms contradict themselves.
    case invalidTerms(CampaignTerms.Fault)
    /// The campaign has given out all its coupons.
    case issuedOut(CampaignID, limit: Int64, issued: Int64)
    /// The member has as many coupons of the campaign as one may have.
    case memberLimit(CampaignID, limit: Int64, issued: Int64)
    /// The campaign is for members of a partner, which none of the member's verified domains shows.
    case notEligible(CampaignID)
    /// The campaign does not give out coupons in this way.
    case notIssuedThisWay(CampaignID, CampaignTerms.Issuing)
    /// Another coupon was issued under that key.
    case issueMismatch(IdempotencyKey)
    /// A batch of that id with another campaign, number or length of codes exists.
    case batchMismatch(CodeBatchID)
    /// A batch has at least one code and at most the maximum.
    case badBatchSize(Int, maximum: Int)

    /// Nothing was changed, and the same call will be refused again as long as the facts stand.
    public var effect: EffectOutcome { .refused }
}
