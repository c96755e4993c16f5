public import MarketplaceCore

/// Single-use codes that are generated together for one campaign.
public struct CodeBatch: Hashable, Sendable {
    /// Names it.
    public let id: CodeBatchID
    /// What its codes are for.
    public let campaign: CampaignID
    /// How many codes it has when it is complete.
    public let count: Int
    /// How many of them are there.
    public let made: Int
    /// How its codes look.
    public let format: CouponCodeFormat

    /// Whether all codes are there.
    public var isComplete: Bool { made >= count }
}

/// One page of the codes of a batch.
public struct CodeBatchSlice: Hashable, Sendable {
    /// The codes, in the order in which they were generated.
    public let codes: [CouponCode]
    /// How many codes come before the next page; nil when this was the last one there is so far.
    public let next: Int?
}

/// What is stored of a batch.
struct CodeBatchDocument: Codable, Hashable, Sendable {
    let campaign: CampaignID
    let count: Int
    let format: CouponCodeFormat
    var made = 0
    let createdAt: Timestamp

    func batch(_ id: CodeBatchID) -> CodeBatch {
        CodeBatch(id: id, campaign: campaign, count: count, made: made, format: format)
    }
}
