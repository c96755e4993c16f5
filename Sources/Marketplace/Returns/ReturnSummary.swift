public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

/// A return in a list.
public struct ReturnSummary: Sendable, Hashable, Codable {
    /// The return.
    public let id: ReturnID
    /// Of which order.
    public let orderID: OrderID
    /// Who bought.
    public let buyerID: MemberID
    /// Who sold; nil is the marketplace itself.
    public let sellerID: SellerID?
    /// What the buyer wants.
    public let kind: ReturnKind
    /// Where it is in its life.
    public let status: ReturnStatus
    /// Whether all has happened that it leads to.
    public let isSettled: Bool
    /// What is given back; nil before that is fixed.
    public let refunded: Money?
    /// When it was asked for.
    public let requestedAt: Timestamp
    /// When it ends by itself; nil when it does not.
    public let dueAt: Timestamp?

    init?(_ value: OrderReturn) {
        guard let requested = value.requested, let status = value.status else { return nil }
        id = requested.returnID
        orderID = requested.orderID
        buyerID = requested.buyerID
        sellerID = requested.sellerID
        kind = requested.kind
        self.status = status
        isSettled = value.isSettled
        refunded = value.refunded
        requestedAt = requested.at
        dueAt = value.dueTime
    }

    /// Whether the service still has to do something about it.
    var isOpen: Bool { status == .received || (status == .completed && !isSettled) }

    static let orderIndex = "order"
    static let buyerIndex = "buyer"
    static let sellerIndex = "seller"
    static let openIndex = "open"
    static let dueIndex = "due"

    /// What it is found by.
    ///
    /// - Parameter failure: When a sweep last could not go on with it; nil where none has failed since it was changed.
    /// - Returns: The entries.
    func indexEntries(failedAt failure: Timestamp? = nil) -> [IndexEntry] {
        var entries = [
            IndexEntry(Self.orderIndex, .id(orderID), .time(requestedAt)),
            IndexEntry(Self.buyerIndex, .id(buyerID), .time(requestedAt)),
        ]
        if let sellerID { entries.append(IndexEntry(Self.sellerIndex, .id(sellerID), .time(requestedAt))) }
        // One that failed waits behind those that did not, and behind those that failed before it.
        if isOpen { entries.append(IndexEntry(Self.openIndex, .time(failure ?? requestedAt))) }
        if let dueAt { entries.append(IndexEntry(Self.dueIndex, .time(failure ?? dueAt))) }
        return entries
    }
}

/// A page of returns.
public struct ReturnSummaries: Sendable, Hashable {
    /// The returns.
    public let returns: [ReturnSummary]
    /// Where to read on; nil on the last page.
    public let next: DocumentCursor?
}
