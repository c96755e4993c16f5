public import MarketplaceCore

/// Names one balance: an account and a currency.
public struct LedgerBalanceKey: Sendable, Hashable {
    /// The account.
    public let account: LedgerAccount
    /// The currency.
    public let currency: Currency

    /// The balance of that account in that currency.
    public init(_ account: LedgerAccount, _ currency: Currency) {
        self.account = account
        self.currency = currency
    }
}
