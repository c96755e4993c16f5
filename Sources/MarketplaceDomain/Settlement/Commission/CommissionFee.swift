public import MarketplaceCore

/// How a commission is computed from a line, before its floor and its cap.
public enum CommissionFee: Sendable, Hashable {
    /// A percentage of what the line was sold for, rounded half up to the currency.
    case percent(Percentage, of: CommissionBase)
    /// An amount for each unit, so that it does not matter how units are grouped into lines; nothing in a currency that
    /// is not listed.
    case flatPerUnit(CurrencyAmounts)
    /// An amount for each line; nothing in a currency that is not listed.
    case flatPerLine(CurrencyAmounts)
}
