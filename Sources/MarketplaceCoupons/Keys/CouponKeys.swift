public import MarketplaceCore

/// Names one redemption; chosen by the caller, so that every call about it can be repeated.
public typealias RedemptionID = Identifier<Redemption>

/// The subject of references.
public enum RedemptionReferenceSubject {}

/// What a redemption is for, in the caller's own terms: the key of an order.
public typealias RedemptionReference = TextKey<RedemptionReferenceSubject>

/// The subject of reasons.
public enum RedemptionReasonSubject {}

/// Why a redemption was given back, in the caller's own terms: `payment declined`, say.
public typealias RedemptionReason = TextKey<RedemptionReasonSubject>

/// Names one campaign; chosen by the caller.
public typealias CampaignID = Identifier<Campaign>

/// Names one batch of codes; chosen by the caller, so that making it can be taken up again.
public typealias CodeBatchID = Identifier<CodeBatch>
