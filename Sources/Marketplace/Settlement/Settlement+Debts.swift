public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension Settlement {
    /// Gives up a seller's debt, whole: it becomes an expense.
    ///
    /// - Parameters:
    ///   - debt: The open item of the debt, as ``openItems(of:in:by:)`` lists it.
    ///   - actor: Who asks.
    /// - Returns: The entry.
    /// - Throws: ``SettlementError/unknownDebt(_:)`` when there is no such debt, or it was netted, paid or given up.
    @discardableResult
    public func writeOff(_ debt: OpenItemID, by actor: CommandActor) async throws(SettlementError) -> LedgerEntry {
        try await end(debt, by: .writeOff, actor)
    }

    /// Takes note that a seller has paid a debt, whole.
    ///
    /// - Parameters:
    ///   - debt: The open item of the debt, as ``openItems(of:in:by:)`` lists it.
    ///   - actor: Who asks.
    /// - Returns: The entry.
    /// - Throws: ``SettlementError/unknownDebt(_:)`` when there is no such debt, or it was netted, paid or given up.
    @discardableResult
    public func recordRepayment(
        of debt: OpenItemID,
        by actor: CommandActor
    ) async throws(SettlementError) -> LedgerEntry {
        try await end(debt, by: .repayment, actor)
    }

    private func end(
        _ debt: OpenItemID,
        by kind: LedgerCause.Kind,
        _ actor: CommandActor
    ) async throws(SettlementError) -> LedgerEntry {
        do throws(CommandForbidden) {
            try CommandRule.endDebt.check(actor)
        } catch {
            throw .forbidden(error)
        }
        let time = environment.now
        let entryID = LedgerEntryID(derivedFrom: debt.text, kind.rawValue)
        let stream = StreamID(SettlementBook.ledger, entryID)
        return try await book.attempting { () async throws(SettlementError) -> LedgerEntry? in
            guard let item = try await book.read(DocumentKey(SettlementBook.items, debt.retyped()), as: OpenItem.self)
            else { throw .unknownDebt(debt) }
            let posted: LedgerEntryPosted
            do throws(LedgerError) {
                posted = try .ending(item.value, by: kind, named: entryID, actor: actor, at: time)
            } catch {
                throw .ledger(error)
            }
            var transaction = Transaction(id: environment.identifiers.next(), time: time)
            try book.append(posted, to: stream, expecting: .none, in: &transaction)
            try book.record(posted, settling: [debt: item.revision], in: &transaction)
            return try await book.commitOnce(transaction).map { _ in posted.entry }
        }
    }
}
