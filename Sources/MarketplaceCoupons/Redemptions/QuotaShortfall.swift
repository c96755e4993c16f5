public import MarketplaceCore
public import MarketplacePromotions

/// A claim that does not fit its limit any more, with the figures.
public struct QuotaShortfall: Hashable, Sendable {
    /// The promotion whose limit it is.
    public let promotion: PromotionID
    /// Which of its limits.
    public let quota: QuotaClaim.Quota
    /// The limit: uses, or minor units of a budget.
    public let limit: Int64
    /// How much of it is used, held uses included.
    public let used: Int64
    /// How much was asked for.
    public let requested: Int64

    /// The figures of a refusal.
    public init(
        promotion: PromotionID,
        quota: QuotaClaim.Quota,
        limit: Int64,
        used: Int64,
        requested: Int64
    ) {
        self.promotion = promotion
        self.quota = quota
        self.limit = limit
        self.used = used
        self.requested = requested
    }
}

extension QuotaShortfall: CustomStringConvertible {
    /// The figures in a sentence.
    public var description: String {
        "\(requested) of \(promotion) (\(quota)) are wanted, \(used) of \(limit) are used"
    }
}

extension QuotaShortfall: Codable {
    /// Reads the stored form.
    public init(from decoder: any Decoder) throws {
        let form = try ShortfallForm(from: decoder)
        self.init(
            promotion: form.promotion,
            quota: try form.quota.quota,
            limit: form.limit,
            used: form.used,
            requested: form.requested
        )
    }

    /// Writes the stored form.
    public func encode(to encoder: any Encoder) throws {
        try ShortfallForm(
            promotion: promotion,
            quota: QuotaForm(quota),
            limit: limit,
            used: used,
            requested: requested
        ).encode(to: encoder)
    }
}

private struct ShortfallForm: Codable {
    let promotion: PromotionID
    let quota: QuotaForm
    let limit: Int64
    let used: Int64
    let requested: Int64
}
