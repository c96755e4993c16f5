public import MarketplaceCore

/// What an entry left open between the marketplace and a seller, until another entry settles it, whole and once.
public struct OpenItem: Sendable, Hashable, Codable {
    /// What names it.
    public let id: OpenItemID
    /// The entry that opened it.
    public let entryID: LedgerEntryID
    /// The account of the seller that it stands on.
    public let account: LedgerAccount
    /// Whose it is.
    public let sellerID: SellerID
    /// How much: above zero what the seller is owed, below zero what the seller owes.
    public let amount: Money
    /// From when on it is settled.
    public let maturesAt: Timestamp
    /// The order it comes from, if it comes from one.
    public let orderID: OrderID?

    init(
        _ account: LedgerAccount,
        of seller: SellerID,
        _ amount: Money,
        entry: LedgerEntryID,
        maturesAt: Timestamp,
        order: OrderID? = nil
    ) {
        // An identifier, a kind of account and another identifier are well below the length of a key.
        id = OpenItemID(unchecked: "\(entry)/\(account)")
        entryID = entry
        self.account = account
        sellerID = seller
        self.amount = amount
        self.maturesAt = maturesAt
        orderID = order
    }
}
