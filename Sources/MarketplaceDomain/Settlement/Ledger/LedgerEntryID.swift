public import MarketplaceCore

/// Names one entry of the ledger; an entry is posted once.
public typealias LedgerEntryID = Identifier<LedgerEntry>
