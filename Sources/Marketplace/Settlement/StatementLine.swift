public import MarketplaceCore
public import MarketplaceDomain

/// One line of the ledger as it stands on the statement of its account.
public struct StatementLine: Sendable, Hashable, Codable {
    /// The entry.
    public let entryID: LedgerEntryID
    /// When it was posted.
    public let at: Timestamp
    /// What it was for.
    public let kind: LedgerCause.Kind
    /// The account.
    public let account: LedgerAccount
    /// How much: a debit is above zero, a credit below.
    public let amount: Money
    /// The order it is about, if it is about one.
    public let orderID: OrderID?
    /// The payout it is about, if it is about one.
    public let payoutID: PayoutID?

    init(_ line: LedgerLine, of posted: LedgerEntryPosted) {
        entryID = posted.entry.id
        at = posted.at
        kind = posted.entry.cause.kind
        account = line.account
        amount = line.amount
        orderID = posted.entry.cause.orderID
        payoutID = posted.entry.cause.payoutID
    }
}
