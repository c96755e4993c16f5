public import MarketplaceCore

/// What of a line its commission is computed from.
public struct CommissionBasis: Sendable, Hashable {
    /// What was paid for the line after discounts, without tax.
    public let net: Money
    /// What was paid for the line after discounts, with all tax; of the currency of ``net``.
    public let grossMinor: Int64
    /// How many units it has.
    public let units: Int
    /// Whether it is goods or a delivery.
    public let kind: SettledLineKind

    /// The basis of a line.
    public init(net: Money, grossMinor: Int64, units: Int, kind: SettledLineKind = .goods) {
        self.net = net
        self.grossMinor = grossMinor
        self.units = units
        self.kind = kind
    }
}
