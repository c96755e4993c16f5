public import MarketplaceCore
public import MarketplaceDomain
import MarketplacePorts
import MarketplaceStorage

extension Settlement {
    /// Sends the payouts that were begun, and finds out about those whose outcome is not known.
    ///
    /// That a payout is about to be sent is recorded before the provider is asked, under the payout's id: after a crash
    /// or a time-out it is looked up, and sent again only when the provider has never seen it.
    ///
    /// A payout that cannot be looked at or recorded stands in ``PayoutSending/failures`` and holds up no other.
    ///
    /// - Returns: What became of every payout that was open.
    /// - Throws: ``SettlementError/forbidden(_:)`` for whoever may not send them, and what the store reports of itself.
    @discardableResult
    public func sendPayouts(by actor: CommandActor) async throws(SettlementError) -> PayoutSending {
        // The bank is asked before anything is recorded, so that no record would refuse whoever may not ask.
        do throws(CommandForbidden) {
            try CommandRule.sendPayout.check(actor)
        } catch {
            throw .forbidden(error)
        }
        var sending = PayoutSending()
        for id in try await openPayouts() {
            do throws(SettlementError) {
                switch try await send(id, by: actor) {
                case .paid: sending.paid.append(id)
                case .failed: sending.failed.append(id)
                default: sending.open.append(id)
                }
            } catch {
                if error.isOfStore { throw error }
                environment.observer.record(SettlementFailed(.payout, "\(id)", error))
                sending.failures[id] = error
            }
        }
        return sending
    }

    /// Takes note that a payout came back after it was paid: its amount is owed again.
    public func recordReturn(
        of payout: PayoutID,
        because reason: PayoutFailureReason,
        by actor: CommandActor
    ) async throws(SettlementError) {
        _ = try await move(payout, .return(reason), key: "return", by: actor)
    }

    /// A payout as it is now, for its seller, operators and the system; nobody else learns whether there is one.
    ///
    /// - Throws: ``SettlementError``; ``SettlementError/forbidden(_:)`` for everybody else.
    public func payout(_ id: PayoutID, by actor: CommandActor) async throws(SettlementError) -> Payout {
        let payout = try await payout(id)
        try checkReader(actor, of: payout.created?.sellerID)
        return payout
    }

    private func payout(_ id: PayoutID) async throws(SettlementError) -> Payout {
        do throws(RepositoryError<PayoutRejection>) {
            return try await payouts.load(id).root
        } catch {
            throw SettlementError(error, SettlementError.payoutRejected)
        }
    }

    /// The payouts of a seller, the latest first.
    ///
    /// - Parameters:
    ///   - seller: The seller.
    ///   - actor: Who asks.
    ///   - limit: How many, 1...``pageLimit``.
    /// - Returns: The payouts as they are now.
    /// - Throws: ``SettlementError``; ``SettlementError/forbidden(_:)`` for whoever may not read it.
    public func payouts(
        of seller: SellerID,
        by actor: CommandActor,
        limit: Int = Settlement.pageLimit
    ) async throws(SettlementError) -> [PayoutRecord] {
        try checkReader(actor, of: seller)
        let query = DocumentQuery.indexed(
            SettlementBook.payouts,
            by: "seller",
            prefix: [.text(seller.description)],
            descending: true,
            limit: min(max(limit, 1), Self.pageLimit)
        )
        return try await book.page(PayoutRecord.self, query).values.map(\.value)
    }

    /// Adds a command to a payout to a transaction of somebody else's.
    func add(
        _ action: PayoutAction,
        on id: PayoutID,
        key: IdempotencyKey,
        by actor: CommandActor,
        at time: Timestamp,
        to transaction: inout Transaction
    ) async throws(SettlementError) -> CommandOutcome<Payout> {
        do throws(RepositoryError<PayoutRejection>) {
            return try await payouts.add(to: &transaction, on: id, key: key) { _ in
                [ActorCommand(action, by: actor, at: time)]
            }
        } catch {
            throw SettlementError(error, SettlementError.payoutRejected)
        }
    }

    private func openPayouts() async throws(SettlementError) -> [PayoutID] {
        var ids: [PayoutID] = []
        for status in [PayoutStatus.sent, .created] {
            var query = DocumentQuery.indexed(
                SettlementBook.payouts,
                by: "status",
                prefix: [.text(status.rawValue)],
                limit: Self.pageLimit
            )
            while true {
                let page = try await book.page(PayoutRecord.self, query)
                ids += page.values.map(\.value.payoutID)
                guard let next = page.next else { break }
                query = query.continued(from: next)
            }
        }
        return ids
    }

    private func send(_ id: PayoutID, by actor: CommandActor) async throws(SettlementError) -> PayoutStatus? {
        let payout = try await payout(id)
        guard let created = payout.created else { return payout.status }
        let request = PayoutRequest(payout: id, seller: created.sellerID, amount: created.amount)
        switch payout.status {
        case .created:
            _ = try await move(id, .send, key: "send", by: actor)
        case .sent:
            let found: PayoutLookUp
            do throws(PayoutProviderError) {
                found = try await provider.lookUp(request.key)
            } catch {
                return .sent
            }
            switch found {
            case .sent(let receipt): return try await confirm(id, receipt, by: actor)
            case .refused(let error): return try await fail(id, error, by: actor)
            case .pending: return .sent
            case .neverSeen: break
            }
        default: return payout.status
        }
        let receipt: PayoutReceipt
        do throws(PayoutProviderError) {
            receipt = try await provider.send(request)
        } catch {
            return error.effect == .refused ? try await fail(id, error, by: actor) : .sent
        }
        return try await confirm(id, receipt, by: actor)
    }

    private func confirm(
        _ id: PayoutID,
        _ receipt: PayoutReceipt,
        by actor: CommandActor
    ) async throws(SettlementError) -> PayoutStatus? {
        try await move(id, .confirm(receipt.reference), key: "confirm", by: actor).status
    }

    private func fail(
        _ id: PayoutID,
        _ error: PayoutProviderError,
        by actor: CommandActor
    ) async throws(SettlementError) -> PayoutStatus? {
        // The code is the provider's own text, which may be no key.
        let reason = (try? PayoutFailureReason(validating: error.code.text)) ?? "refused"
        return try await move(id, .fail(reason), key: "fail", by: actor).status
    }

    /// Gives a command to a payout, and posts the entry that goes with it in the same commit.
    private func move(
        _ id: PayoutID,
        _ action: PayoutAction,
        key: IdempotencyKey,
        by actor: CommandActor
    ) async throws(SettlementError) -> Payout {
        let time = environment.now
        return try await book.attempting { () async throws(SettlementError) -> Payout? in
            var transaction = Transaction(id: environment.identifiers.next(), time: time)
            let outcome = try await add(action, on: id, key: key, by: actor, at: time, to: &transaction)
            guard !outcome.isRepetition, !outcome.events.isEmpty else { return outcome.root }
            for event in outcome.events {
                guard let posted = try entry(of: outcome.root, event) else { continue }
                try book.append(posted, to: StreamID(SettlementBook.ledger, id), expecting: .any, in: &transaction)
                try book.record(posted, in: &transaction)
            }
            try book.list(outcome.root, in: &transaction)
            return try await book.commitOnce(transaction).map { _ in outcome.root }
        }
    }

    private func entry(of payout: Payout, _ event: PayoutEvent) throws(SettlementError) -> LedgerEntryPosted? {
        let id = LedgerEntryID(
            derivedFrom: payout.id?.description ?? "",
            type(of: event.payload).eventName
        )
        do throws(LedgerError) {
            return try payout.entry(for: event, named: id)
        } catch {
            throw .ledger(error)
        }
    }
}
