public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

extension Settlement {
    /// The balance of an account: a debit above zero, a credit below.
    public func balance(
        of account: LedgerAccount,
        in currency: Currency,
        by actor: CommandActor
    ) async throws(SettlementError) -> Money {
        try checkReader(actor, of: account.sellerID)
        let key = SettlementBook.key(of: LedgerBalanceKey(account, currency))
        let value = try await book.reading { () async throws(StoreError) in try await book.store.counter(key) }
        return Money(minorUnits: value, currency)
    }

    /// What stands on all accounts together.
    ///
    /// - Parameters:
    ///   - currencies: Which currencies; all of ISO 4217 unless told otherwise.
    ///   - actor: Who asks.
    /// - Returns: The balances of one moment.
    /// - Throws: ``SettlementError``; ``SettlementError/forbidden(_:)`` for whoever may not read it.
    public func trialBalance(
        in currencies: [Currency] = Currency.iso4217,
        by actor: CommandActor
    ) async throws(SettlementError) -> TrialBalance {
        try checkReader(actor, of: nil)
        let keys = currencies.flatMap { currency in
            LedgerAccountKind.allCases.map { (currency, $0, SettlementBook.totalKey(of: $0, in: currency)) }
        }
        // All in one read: balances of different moments need not sum to zero.
        let values = try await book.reading { () async throws(StoreError) in
            try await book.store.counters(keys.map(\.2))
        }
        var minorUnits: [Currency: [LedgerAccountKind: Int64]] = [:]
        for (currency, kind, key) in keys {
            guard let value = values[key], value != 0 else { continue }
            minorUnits[currency, default: [:]][kind] = value
        }
        return TrialBalance(minorUnits: minorUnits)
    }

    /// One page of what was posted to an account, the earliest first.
    ///
    /// - Parameters:
    ///   - account: The account.
    ///   - currency: In which currency.
    ///   - actor: Who asks; a seller may read the own accounts.
    ///   - cursor: Where the page before this one ended.
    ///   - limit: The most lines, 1...``pageLimit``.
    /// - Returns: The lines, and where to read on.
    /// - Throws: ``SettlementError``; ``SettlementError/forbidden(_:)`` for whoever may not read it.
    public func statement(
        of account: LedgerAccount,
        in currency: Currency,
        by actor: CommandActor,
        after cursor: DocumentCursor? = nil,
        limit: Int = Settlement.pageLimit
    ) async throws(SettlementError) -> LedgerStatementSlice {
        try checkReader(actor, of: account.sellerID)
        let first = DocumentQuery.indexed(
            SettlementBook.lines,
            by: "account",
            prefix: [.text(SettlementBook.indexText(account, currency))],
            limit: min(max(limit, 1), Self.pageLimit)
        )
        let page = try await book.page(StatementLine.self, cursor.map(first.continued(from:)) ?? first)
        return LedgerStatementSlice(lines: page.values.map(\.value), next: page.next)
    }

    /// What a seller was credited, charged and paid in a period, over all accounts of the seller.
    ///
    /// - Parameters:
    ///   - seller: The seller.
    ///   - currency: In which currency.
    ///   - period: In which period.
    ///   - actor: Who asks; a seller may read the own statement.
    /// - Returns: The statement, which writes itself as CSV and as text.
    /// - Throws: ``SettlementError/statementTooLong(maximum:)`` when the period has more than
    ///   ``SellerStatement/maximumLines`` lines.
    /// - Complexity: O(lines of the seller up to the end of the period): the opening balance is summed up.
    public func statement(
        of seller: SellerID,
        in currency: Currency,
        for period: SettlementPeriod,
        by actor: CommandActor
    ) async throws(SettlementError) -> SellerStatement {
        try checkReader(actor, of: seller)
        var query = DocumentQuery.indexed(
            SettlementBook.lines,
            by: "seller",
            prefix: [.text(SettlementBook.indexText(seller, currency))],
            atMost: .time(period.end.advanced(by: .microseconds(-1))),
            limit: Self.pageLimit
        )
        var opening: Int128 = 0
        var lines: [StatementLine] = []
        while true {
            let page = try await book.page(StatementLine.self, query)
            for line in page.values.map(\.value) {
                if line.at < period.start {
                    opening -= Int128(line.amount.minorUnits)
                } else {
                    lines.append(line)
                }
            }
            guard lines.count <= SellerStatement.maximumLines else {
                throw .statementTooLong(maximum: SellerStatement.maximumLines)
            }
            guard let next = page.next else { break }
            query = query.continued(from: next)
        }
        return SellerStatement(
            sellerID: seller,
            currency: currency,
            period: period,
            opening: Money(minorUnits: Int64(clamping: opening), currency),
            lines: lines
        )
    }

    /// The open items of a seller, those that mature first first; at most ``pageLimit``.
    public func openItems(
        of seller: SellerID,
        in currency: Currency,
        by actor: CommandActor
    ) async throws(SettlementError) -> [OpenItem] {
        try checkReader(actor, of: seller)
        let query = DocumentQuery.indexed(
            SettlementBook.items,
            by: "due",
            prefix: [.text(SettlementBook.indexText(seller, currency))],
            limit: Self.pageLimit
        )
        return try await book.page(OpenItem.self, query).values.map(\.value)
    }

    func checkReader(_ actor: CommandActor, of seller: SellerID?) throws(SettlementError) {
        do throws(CommandForbidden) {
            try CommandRule.readStatement.check(actor, seller: seller)
        } catch {
            throw .forbidden(error)
        }
    }
}
