/// On which terms what sellers sell is settled; frozen with each order.
public struct SettlementTerms: Sendable, Hashable, Codable {
    /// What the marketplace takes.
    public let commissions: CommissionRules
    /// Who remits the tax on what sellers sell.
    public let taxRemitter: TaxRemitter
    /// How long earnings are held back after delivery, in seconds.
    public let holdBackSeconds: Int64

    /// Terms.
    ///
    /// - Parameters:
    ///   - commissions: What the marketplace takes.
    ///   - taxRemitter: Who remits the tax on what sellers sell.
    ///   - holdBack: How long earnings are held back after delivery; whole seconds, and not below zero.
    public init(commissions: CommissionRules, taxRemitter: TaxRemitter = .seller, holdBack: Duration = .zero) {
        self.commissions = commissions
        self.taxRemitter = taxRemitter
        holdBackSeconds = max(0, holdBack.components.seconds)
    }

    private enum CodingKeys: String, CodingKey {
        case commissions, taxRemitter, holdBackSeconds
    }

    /// Decodes the terms; a time below zero is refused.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        commissions = try container.decode(CommissionRules.self, forKey: .commissions)
        taxRemitter = try container.decode(TaxRemitter.self, forKey: .taxRemitter)
        holdBackSeconds = try container.decode(Int64.self, forKey: .holdBackSeconds)
        guard holdBackSeconds >= 0 else {
            let words = "earnings are held back for no less than no time"
            let context = DecodingError.Context(codingPath: decoder.codingPath, debugDescription: words)
            throw DecodingError.dataCorrupted(context)
        }
    }
}
