public import MarketplaceCore

extension LedgerEntryPosted {
    /// The entry that gives up a debt of a seller, or takes note that the seller paid it.
    ///
    /// - Parameters:
    ///   - debt: The open item of the debt; below zero.
    ///   - kind: ``LedgerCause/Kind/writeOff`` or ``LedgerCause/Kind/repayment``.
    ///   - id: What the entry will be named.
    ///   - actor: Who does it.
    ///   - time: When.
    /// - Returns: The entry, which settles the item.
    /// - Throws: ``LedgerError/malformedAccount(_:)`` when the item is no debt.
    public static func ending(
        _ debt: OpenItem,
        by kind: LedgerCause.Kind,
        named id: LedgerEntryID,
        actor: CommandActor,
        at time: Timestamp
    ) throws(LedgerError) -> LedgerEntryPosted {
        guard debt.account.kind == .sellerDebt, debt.amount.isNegative, kind == .writeOff || kind == .repayment else {
            throw .malformedAccount(debt.account.description)
        }
        let exact = Int128(debt.amount.minorUnits)
        let counter: LedgerAccount = kind == .writeOff ? .writeOffs : .cash
        let cause = LedgerCause(kind, seller: debt.sellerID)
        let entry = try LedgerEntry(id, for: cause, [debt.account: exact, counter: -exact], in: debt.amount.currency)
        return LedgerEntryPosted(entry: entry, settles: [debt.id], by: actor, at: time)
    }
}
