public import MarketplaceCore
public import MarketplaceDomain

extension Settlement {
    /// Takes note that units of an order were called off and others added, once whoever tells it and however often.
    ///
    /// Who gets what of the added units is frozen now, on the terms that hold now; the other units keep what was frozen for
    /// them. What the buyer paid for the difference is posted as taken; what the order owes them for it stays with what
    /// was prepaid until it is given (``recordChangeRefund(_:of:tender:by:key:)``).
    ///
    /// - Parameters:
    ///   - change: What was changed.
    ///   - order: The order, at any time after it was placed.
    ///   - terms: The terms.
    ///   - categories: The categories of products, for commission rules that look at them.
    ///   - bearer: The seller who bears what returns give beyond what was paid; nil for the marketplace. What the change
    ///     owes less because a return was promised it, and nobody has borne yet, they get back ahead.
    ///   - tender: With what a difference was paid.
    ///   - actor: Who asks.
    ///   - key: Names the call.
    /// - Returns: The entry; nil when no money moved.
    /// - Throws: ``SettlementError/rejected(_:)`` when units are gone already or do not fit, and what the store reports.
    @discardableResult
    public func recordChange(
        _ change: OrderChanged,
        of order: Order,
        on terms: SettlementTerms,
        categories: [ProductID: Set<CategoryID>] = [:],
        bearer: SellerID? = nil,
        tender: SettlementTender = .gateway,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(SettlementError) -> LedgerEntry? {
        let canceled = change.lines.filter { $0.to < $0.from }
            .map { LineUnits(order.shareID(of: $0.lineIndex), $0.from - $0.to) }
        let (total, previous) = (change.total, change.previousTotal)
        // Totals are not negative, so their difference fits.
        let difference = total.minorUnits - previous.minorUnits
        return try await post(change.orderID, by: actor, key: key) { (entry, root) throws(SettlementError) in
            .amend(
                entry: entry,
                canceled: canceled,
                added: try Self.added(change, to: root, as: entry, order, terms, categories),
                paid: difference > 0 ? Money(minorUnits: difference, total.currency) : nil,
                owed: change.owed,
                bearer: bearer,
                tender: tender
            )
        }
    }

    /// Posts that the buyer was given what changes made the order owe, or a part of it.
    ///
    /// - Returns: The entry.
    /// - Throws: ``SettlementError/rejected(_:)`` when more is given than is owed, and what the store reports.
    @discardableResult
    public func recordChangeRefund(
        _ amount: Money,
        of order: OrderID,
        tender: SettlementTender = .gateway,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(SettlementError) -> LedgerEntry? {
        try await post(order, by: actor, key: key) { entry, _ in
            .settleChange(entry: entry, amount: amount, tender: tender)
        }
    }

    /// The units that a change added, with what is frozen for each: once it was, it is not computed again.
    private static func added(
        _ change: OrderChanged,
        to root: OrderSettlement,
        as entry: LedgerEntryID,
        _ order: Order,
        _ terms: SettlementTerms,
        _ categories: [ProductID: Set<CategoryID>]
    ) throws(SettlementError) -> [SettledLine] {
        let lines = change.lines.filter { $0.to > $0.from }
        let wanted = lines.map { LineUnits(order.shareID(of: $0.lineIndex), $0.to - $0.from) }
        let known = root.amendments[entry]?.added ?? []
        if !known.isEmpty, known.map({ LineUnits($0.id, $0.units) }) == wanted { return known }
        var added: [SettledLine] = []
        for line in lines {
            let id = order.shareID(of: line.lineIndex)
            guard let place = root.lines.firstIndex(where: { $0.id == id }), let run = line.added else {
                throw .rejected(root.opened == nil ? .notOpened : .unknownLine(id))
            }
            do throws(SettledLineError) {
                added.append(
                    try .addition(
                        run,
                        to: root.lines[place],
                        keeping: root.lines[place].units - root.progress[place].canceled,
                        of: order.lines[line.lineIndex],
                        on: terms,
                        categories: categories,
                        in: change.total.currency
                    )
                )
            } catch {
                throw .lines(error)
            }
        }
        return added
    }
}
