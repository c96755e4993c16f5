import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension Settlement {
    /// Settles a period for every seller with matured open items: begins payouts, carries over, books debts.
    ///
    /// What a period changed for a seller is recorded in its last commit, so that a run may be repeated, interrupted
    /// anywhere, and made by several processes at once: what was done is not done again. Settle a period when it has
    /// ended: what is posted from then on matures after it. Of a period that has not ended nothing is settled before it
    /// has matured, and what matures later in it belongs to the next one.
    ///
    /// What stands in the way of one seller, such as an amount that does not fit, stands in its run
    /// (``SettlementRun/failure``), is told to the observer (``SettlementFailed``), and holds up nobody else.
    ///
    /// - Parameters:
    ///   - period: Which period; what has matured before its end, and by now, is settled.
    ///   - actor: Who asks.
    /// - Returns: What the period did, now or before, for each seller and currency that has open items.
    /// - Throws: ``SettlementError/forbidden(_:)`` for whoever may not run it, and what the store reports of itself; what
    ///   was done by then stays done.
    /// - Complexity: O(sellers with open items + items settled) reads.
    @discardableResult
    public func settle(
        _ period: SettlementPeriod,
        by actor: CommandActor
    ) async throws(SettlementError) -> [SettlementRun] {
        do throws(CommandForbidden) {
            try CommandRule.runSettlement.check(actor)
        } catch {
            throw .forbidden(error)
        }
        var runs: [SettlementRun] = []
        var last: IndexValue?
        while let item = try await firstItem(after: last) {
            // Owners of one length: what begins with this one's text is this one's.
            last = .text(SettlementBook.indexText(item.sellerID, item.amount.currency) + "~")
            runs.append(try await attempt(period, for: item.sellerID, in: item.amount.currency, by: actor))
        }
        return runs
    }

    /// The run of one seller, or what stands in its way.
    private func attempt(
        _ period: SettlementPeriod,
        for seller: SellerID,
        in currency: Currency,
        by actor: CommandActor
    ) async throws(SettlementError) -> SettlementRun {
        do throws(SettlementError) {
            return try await settle(period, for: seller, in: currency, by: actor)
        } catch {
            if error.isOfStore { throw error }
            environment.observer.record(SettlementFailed(.run, "\(seller)/\(currency)", error))
            var run = SettlementRun(sellerID: seller, currency: currency)
            run.failure = error
            return run
        }
    }

    private func firstItem(after last: IndexValue?) async throws(SettlementError) -> OpenItem? {
        let query = DocumentQuery.indexed(SettlementBook.items, by: "due", atLeast: last, limit: 1)
        return try await book.page(OpenItem.self, query).values.first?.value
    }

    private func settle(
        _ period: SettlementPeriod,
        for seller: SellerID,
        in currency: Currency,
        by actor: CommandActor
    ) async throws(SettlementError) -> SettlementRun {
        let mark = DocumentKey(
            SettlementBook.runs,
            // A number, an identifier and a code are well below the length of a key.
            TextKey(unchecked: "\(period.end.microsecondsSinceEpoch)/\(seller)/\(currency)")
        )
        while true {
            if let done = try await book.read(mark, as: SettlementRun.self) { return done.value }
            let run = try await book.attempting { () async throws(SettlementError) -> SettlementRun?? in
                // Another process has come to the end of it meanwhile.
                if let done = try await book.read(mark, as: SettlementRun.self) { return done.value }
                return try await settleOnce(period, for: seller, in: currency, mark: mark, by: actor)
            }
            if let run { return run }
        }
    }

    /// Makes one commit of a run.
    ///
    /// - Returns: nil when others were faster; a run that is nil when another part is to follow.
    private func settleOnce(
        _ period: SettlementPeriod,
        for seller: SellerID,
        in currency: Currency,
        mark: DocumentKey,
        by actor: CommandActor
    ) async throws(SettlementError) -> SettlementRun?? {
        let time = environment.now
        var run = SettlementRun(sellerID: seller, currency: currency)
        run.payouts = try await begunPayouts(mark)
        let payoutID = Self.payoutID(mark, part: run.payouts.count)
        // Nothing is paid before it has matured, whichever period is named.
        let end = min(period.end, time.advanced(by: .microseconds(1)))
        let (items, isLast) = try await dueItems(seller, currency, before: end)
        let plan: PayoutPlan
        do throws(LedgerError) {
            plan = try PayoutPlan.make(
                of: items.map(\.value),
                for: seller,
                in: currency,
                on: payoutTerms,
                payout: payoutID,
                // An item is settled once, so that no two parts have the same first one.
                entry: LedgerEntryID(derivedFrom: mark.id.text, items.first?.value.id.text ?? ""),
                by: actor,
                at: time,
                isPart: !isLast
            )
        } catch {
            throw .ledger(error)
        }
        var transaction = Transaction(id: environment.identifiers.next(), time: time)
        let revisions = Dictionary(uniqueKeysWithValues: items.map { ($0.value.id, $0.revision) })
        var isDone = true
        switch plan {
        case .nothing: break
        case .carryOver(let amount): run.carriedOver = amount
        case .debt(let posted):
            let stream = StreamID(SettlementBook.ledger, posted.entry.id)
            try book.append(posted, to: stream, expecting: .none, in: &transaction)
            try book.record(posted, settling: revisions, in: &transaction)
            run.debtEntryID = posted.entry.id
        case .reserve(let posted):
            let stream = StreamID(SettlementBook.ledger, posted.entry.id)
            try book.append(posted, to: stream, expecting: .none, in: &transaction)
            try book.record(posted, settling: revisions, in: &transaction)
            run.reserveEntryID = posted.entry.id
            isDone = isLast
        case .payout(let amount, let posted):
            try await begin(payoutID, seller, amount, period, posted, by: actor, at: time, in: &transaction)
            try book.record(posted, settling: revisions, in: &transaction)
            run.payouts.append(payoutID)
            isDone = isLast
        }
        // A run that changed nothing would come to the same again, and need not be remembered.
        if isDone, !run.payouts.isEmpty || run.debtEntryID != nil || run.reserveEntryID != nil {
            transaction.write(DocumentWrite(mark, body: try book.encoded(run), expecting: .absent))
        }
        if !transaction.isEmpty, try await book.commitOnce(transaction) == nil { return nil }
        return .some(isDone ? run : nil)
    }

    private func begin(
        _ id: PayoutID,
        _ seller: SellerID,
        _ amount: Money,
        _ period: SettlementPeriod,
        _ posted: LedgerEntryPosted,
        by actor: CommandActor,
        at time: Timestamp,
        in transaction: inout Transaction
    ) async throws(SettlementError) {
        let action = PayoutAction.create(
            id: id,
            seller: seller,
            amount: amount,
            period: period,
            settles: posted.settles,
            entry: posted.entry.id
        )
        let outcome = try await add(action, on: id, key: "create", by: actor, at: time, to: &transaction)
        try book.list(outcome.root, in: &transaction)
        try book.append(posted, to: StreamID(SettlementBook.ledger, id), expecting: .none, in: &transaction)
    }

    private static func payoutID(_ mark: DocumentKey, part: Int) -> PayoutID {
        PayoutID(bits: TransactionID(derivedFrom: "payout", mark.id.text, String(part)).bits)
    }

    /// The payouts that earlier commits of the run have begun.
    private func begunPayouts(_ mark: DocumentKey) async throws(SettlementError) -> [PayoutID] {
        var begun: [PayoutID] = []
        while true {
            let id = Self.payoutID(mark, part: begun.count)
            guard try await book.read(DocumentKey(SettlementBook.payouts, id), as: PayoutRecord.self) != nil else {
                return begun
            }
            begun.append(id)
        }
    }

    /// The first items that have matured before a point in time, and whether they are all.
    private func dueItems(
        _ seller: SellerID,
        _ currency: Currency,
        before end: Timestamp
    ) async throws(SettlementError) -> (items: [StoredValue<OpenItem>], isLast: Bool) {
        let query = DocumentQuery.indexed(
            SettlementBook.items,
            by: "due",
            prefix: [.text(SettlementBook.indexText(seller, currency))],
            atMost: .time(end.advanced(by: .microseconds(-1))),
            limit: Payout.maximumItems
        )
        let page = try await book.page(OpenItem.self, query)
        return (page.values, page.next == nil)
    }
}
