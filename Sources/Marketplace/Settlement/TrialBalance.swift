public import MarketplaceCore
public import MarketplaceDomain

/// What stands on all accounts together: by kind of account and currency, from one read.
public struct TrialBalance: Sendable, Hashable {
    /// The balances that are not zero, in minor units: debits above zero, credits below.
    public let minorUnits: [Currency: [LedgerAccountKind: Int64]]

    /// The balance of all accounts of a kind.
    public subscript(kind: LedgerAccountKind, currency: Currency) -> Money {
        Money(minorUnits: minorUnits[currency]?[kind] ?? 0, currency)
    }

    /// What all accounts of a currency sum to; anything but zero is damage.
    public func sumMinor(in currency: Currency) -> Int128 {
        (minorUnits[currency] ?? [:]).values.reduce(0) { $0 + Int128($1) }
    }

    /// Whether every currency sums to zero.
    public var isBalanced: Bool { minorUnits.keys.allSatisfy { sumMinor(in: $0) == 0 } }
}
