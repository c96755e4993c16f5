import MarketplaceCore

extension Money {
    /// So many cents.
    static func usd(_ cents: Int64) -> Money { Money(minorUnits: cents, .usd) }
}
