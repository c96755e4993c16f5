public import MarketplaceStorage

/// One page of the statement of an account.
public struct LedgerStatementSlice: Sendable, Hashable {
    /// The lines, the earliest first.
    public let lines: [StatementLine]
    /// Where to read on; nil when this was the last page.
    public let next: DocumentCursor?
}
