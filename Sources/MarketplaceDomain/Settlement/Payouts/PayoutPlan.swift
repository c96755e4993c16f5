public import MarketplaceCore

/// What a settlement run does with the matured open items of a seller in one currency.
public enum PayoutPlan: Sendable, Hashable {
    /// There is nothing to do.
    case nothing
    /// What is owed is below the minimum: the items stay open for a later run.
    case carryOver(Money)
    /// The seller owes as much as is owed, or more: an entry ends the items, and makes what is more a debt, which the next
    /// run nets.
    case debt(LedgerEntryPosted)
    /// All that was earned is held back, so that nothing is paid of it: an entry makes it a reserve.
    case reserve(LedgerEntryPosted)
    /// The seller is paid.
    case payout(Money, LedgerEntryPosted)

    /// The plan for these items, all of which it settles or none.
    ///
    /// Earnings, released reserves, refunds and debts are netted; of what is left of earnings a share may be held back.
    ///
    /// - Parameters:
    ///   - items: The matured open items of one seller, of one currency.
    ///   - seller: The seller.
    ///   - currency: The currency.
    ///   - terms: The terms of payouts.
    ///   - payout: What the payout will be named.
    ///   - entry: What the entry will be named.
    ///   - actor: Who runs it.
    ///   - time: When it is run.
    ///   - isPart: Whether more matured items wait behind these; then no minimum holds them back, or those behind them
    ///     would never be looked at.
    /// - Returns: What to do, with the entry to post.
    /// - Throws: ``LedgerError`` when amounts do not fit.
    public static func make(
        of items: [OpenItem],
        for seller: SellerID,
        in currency: Currency,
        on terms: PayoutTerms,
        payout: PayoutID,
        entry: LedgerEntryID,
        by actor: CommandActor,
        at time: Timestamp,
        isPart: Bool = false
    ) throws(LedgerError) -> PayoutPlan {
        precondition(
            items.allSatisfy { $0.sellerID == seller && $0.amount.currency == currency },
            "items of one seller and one currency are netted"
        )
        // A debt alone would be made a debt again.
        guard items.contains(where: { $0.account.kind != .sellerDebt }) else { return .nothing }
        var amounts: [LedgerAccount: Int128] = [:]
        for item in items { amounts[item.account, default: 0] += Int128(item.amount.minorUnits) }
        let net = amounts.values.reduce(0, +)
        let draft = Draft(items: items, seller: seller, currency: currency, entry: entry, actor: actor, time: time)
        // Items that come to nothing are ended as well when they stand in front of others.
        if net < 0 || net == 0 && isPart {
            amounts[.sellerDebt(seller), default: 0] -= net
            let opens = net < 0 ? [try draft.item(.sellerDebt(seller), net, maturesAt: time)] : []
            return .debt(try draft.posted(LedgerCause(.debt, seller: seller), amounts, opens: opens))
        }
        let earned = min(net, max(0, amounts[.sellerPayable(seller)] ?? 0))
        let held = try draft.money(earned, .sellerPayable(seller)).reserved(terms.reserve)
        let paid = try draft.money(net - Int128(held), .payoutClearing)
        let minimumMinor = isPart ? 1 : max(1, terms.minimum[currency] ?? 1)
        guard paid.minorUnits >= minimumMinor else {
            if terms.reserve == .whole, let posted = try draft.reserve(on: terms) { return .reserve(posted) }
            return .carryOver(try draft.money(net, .sellerPayable(seller)))
        }
        amounts[.payoutClearing, default: 0] -= Int128(paid.minorUnits)
        var opens: [OpenItem] = []
        if held > 0 {
            amounts[.sellerReserve(seller), default: 0] -= Int128(held)
            let release = time.advanced(by: .seconds(terms.reserveSeconds))
            opens.append(try draft.item(.sellerReserve(seller), Int128(held), maturesAt: release))
        }
        let cause = LedgerCause(.payout, payout: payout, seller: seller, amount: paid)
        return .payout(paid, try draft.posted(cause, amounts, opens: opens))
    }

    private struct Draft {
        let items: [OpenItem]
        let seller: SellerID
        let currency: Currency
        let entry: LedgerEntryID
        let actor: CommandActor
        let time: Timestamp

        func money(_ exact: Int128, _ account: LedgerAccount) throws(LedgerError) -> Money {
            guard let minorUnits = Int64(exactly: exact) else { throw .overflow(account) }
            return Money(minorUnits: minorUnits, currency)
        }

        /// The entry that holds back all that is left of earnings when debts are off; nil when nothing is.
        ///
        /// Reserves that are released are no earnings: they wait until they come to a payout.
        func reserve(on terms: PayoutTerms) throws(LedgerError) -> LedgerEntryPosted? {
            let earned = items.filter { $0.account.kind != .sellerReserve }
            var amounts: [LedgerAccount: Int128] = [:]
            for item in earned { amounts[item.account, default: 0] += Int128(item.amount.minorUnits) }
            let held = amounts.values.reduce(0, +)
            guard held > 0 else { return nil }
            amounts[.sellerReserve(seller), default: 0] -= held
            let release = time.advanced(by: .seconds(terms.reserveSeconds))
            let opened = try item(.sellerReserve(seller), held, maturesAt: release)
            let cause = LedgerCause(.payout, seller: seller, amount: opened.amount)
            return try posted(cause, amounts, opens: [opened], settling: earned)
        }

        func item(
            _ account: LedgerAccount,
            _ exact: Int128,
            maturesAt: Timestamp
        ) throws(LedgerError) -> OpenItem {
            OpenItem(account, of: seller, try money(exact, account), entry: entry, maturesAt: maturesAt)
        }

        func posted(
            _ cause: LedgerCause,
            _ amounts: [LedgerAccount: Int128],
            opens: [OpenItem],
            settling settled: [OpenItem]? = nil
        ) throws(LedgerError) -> LedgerEntryPosted {
            LedgerEntryPosted(
                entry: try LedgerEntry(entry, for: cause, amounts, in: currency),
                opens: opens,
                settles: (settled ?? items).map(\.id),
                by: actor,
                at: time
            )
        }
    }
}

extension Money {
    /// The part that is held back; a share of 0 to 100% always fits.
    fileprivate func reserved(_ percentage: Percentage) throws(LedgerError) -> Int64 {
        do throws(MoneyError) {
            return try share(percentage, rounding: .halfUp).minorUnits
        } catch {
            throw .overflow(.payoutClearing)
        }
    }
}
