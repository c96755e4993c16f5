public import MarketplaceCore

/// What the marketplace takes of one line.
public struct Commission: Sendable, Hashable {
    /// The rule that says so; nil when there is none.
    public let rule: CommissionRuleID?
    /// The fee, without tax.
    public let fee: Money
    /// The tax on the fee, in its currency.
    public let tax: Money

    /// A fee and the tax on it, in one currency.
    public init(rule: CommissionRuleID?, fee: Money, tax: Money) {
        self.rule = rule
        self.fee = fee
        self.tax = tax
    }

    /// Nothing.
    public static func none(_ currency: Currency) -> Commission {
        Commission(rule: nil, fee: .zero(currency), tax: .zero(currency))
    }

    /// The fee with the tax on it.
    public func total() throws(MoneyError) -> Money { try fee + tax }
}
