public import MarketplaceCore

/// One line of a ledger entry: so much to one account.
public struct LedgerLine: Sendable, Hashable, Codable {
    /// The account.
    public let account: LedgerAccount
    /// How much: a debit is above zero, a credit below.
    public let amount: Money

    /// A line of that signed amount.
    public init(_ account: LedgerAccount, _ amount: Money) {
        self.account = account
        self.amount = amount
    }
}
