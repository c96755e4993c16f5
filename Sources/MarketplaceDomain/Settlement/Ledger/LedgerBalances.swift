public import MarketplaceCore

/// The balances that entries lead to: the ledger as a value, for checks and for read models of one's own.
public struct LedgerBalances: Sendable, Hashable {
    /// The balances that are not zero, in minor units.
    public private(set) var minorUnits: [LedgerBalanceKey: Int64] = [:]

    /// Nothing posted.
    public init() {}

    /// Posts an entry.
    ///
    /// - Throws: ``LedgerError/overflow(_:)`` when a balance does not fit; nothing is posted then.
    public mutating func post(_ entry: LedgerEntry) throws(LedgerError) {
        var next = minorUnits
        for line in entry.lines {
            let key = LedgerBalanceKey(line.account, line.amount.currency)
            let (sum, overflow) = next[key, default: 0].addingReportingOverflow(line.amount.minorUnits)
            guard !overflow else { throw .overflow(line.account) }
            next[key] = sum == 0 ? nil : sum
        }
        minorUnits = next
    }

    /// The balance of an account.
    public subscript(account: LedgerAccount, currency: Currency) -> Money {
        Money(minorUnits: minorUnits[LedgerBalanceKey(account, currency)] ?? 0, currency)
    }

    /// What all accounts of a currency sum to: zero.
    public func sumMinor(in currency: Currency) -> Int128 {
        minorUnits.reduce(0) { $1.key.currency == currency ? $0 + Int128($1.value) : $0 }
    }
}
