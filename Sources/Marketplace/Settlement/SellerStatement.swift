public import MarketplaceCore
public import MarketplaceDomain

/// What a seller was credited, charged and paid in a period and one currency.
///
/// Amounts are as the seller sees them: above zero what the seller is owed, below zero what was paid out or taken back.
public struct SellerStatement: Sendable, Hashable {
    /// The most lines of one statement: what a spreadsheet still opens, and some tens of megabytes.
    public static let maximumLines = 100_000

    /// One row.
    public struct Row: Sendable, Hashable {
        /// The ledger's line.
        public let line: StatementLine
        /// How much, as the seller sees it.
        public let amount: Money
        /// What the seller is owed after it.
        public let balance: Money
    }

    /// The seller.
    public let sellerID: SellerID
    /// The currency.
    public let currency: Currency
    /// The period.
    public let period: SettlementPeriod
    /// What the seller was owed when the period began.
    public let opening: Money
    /// What was posted, the earliest first.
    public let rows: [Row]

    init(sellerID: SellerID, currency: Currency, period: SettlementPeriod, opening: Money, lines: [StatementLine]) {
        self.sellerID = sellerID
        self.currency = currency
        self.period = period
        self.opening = opening
        var balance = Int128(opening.minorUnits)
        rows = lines.map { line in
            let amount = 0 - Int128(line.amount.minorUnits)
            balance += amount
            return Row(
                line: line,
                amount: Money(minorUnits: Int64(clamping: amount), currency),
                balance: Money(minorUnits: Int64(clamping: balance), currency)
            )
        }
    }

    /// What the seller is owed when the period ends.
    public var closing: Money { rows.last?.balance ?? opening }
}
