public import MarketplaceCore

/// An entry was posted to the ledger.
///
/// The entries of an order are in one stream, those of a payout and of a posting by hand in one each: no posting waits
/// for another, and no stream grows for ever. The feed has them all.
public struct LedgerEntryPosted: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "LedgerEntryPosted" }

    /// The entry.
    public let entry: LedgerEntry
    /// What it leaves open for a later payout.
    public let opens: [OpenItem]
    /// What of the open items it settles.
    public let settles: [OpenItemID]
    /// Who posted it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        entry: LedgerEntry,
        opens: [OpenItem] = [],
        settles: [OpenItemID] = [],
        by: CommandActor,
        at: Timestamp
    ) {
        self.entry = entry
        self.opens = opens
        self.settles = settles
        self.by = by
        self.at = at
    }
}
