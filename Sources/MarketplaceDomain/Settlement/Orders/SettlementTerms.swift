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
}
