public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension StoreCredits {
    /// Sets credit aside for a purchase.
    ///
    /// - Parameters:
    ///   - amount: How much.
    ///   - member: Whose.
    ///   - deadline: When it is set free unless it was spent; nil for never.
    ///   - actor: The member, an operator or the system.
    ///   - key: Names the hold: a repetition returns it as it stands.
    /// - Returns: The hold, held or spent already.
    /// - Throws: ``StoreCreditRefusal/insufficient(requested:available:)``, `keyReused`, `holdEnded` for a key whose
    ///   hold was set free, `notPositive`, `forbidden`; or a failure of the store.
    @discardableResult
    public func hold(
        _ amount: Money,
        of member: MemberID,
        until deadline: Timestamp? = nil,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(StoreCreditError) -> StoreCreditHold {
        try check(.holdStoreCredit, actor, member)
        guard amount.isPositive else { throw .refused(.notPositive(amount)) }
        let document = CreditHoldDocument.document(member, key)
        return try await archive.attempting { () async throws(StoreCreditError) -> StoreCreditHold? in
            if let known = try await archive.read(document, as: CreditHoldDocument.self)?.value {
                guard known.amount == amount else { throw .refused(.keyReused(key, amount: known.amount)) }
                guard known.state == .held || known.state == .spent else {
                    throw .refused(.holdEnded(key, known.state))
                }
                return known.hold
            }
            var change = try await opening(member, amount.currency)
            var next = CreditHoldDocument(
                member: member,
                key: key,
                amount: amount,
                state: .held,
                deadline: deadline,
                heldBy: actor
            )
            next.lots = change.take(amount)
            change.heldMinor += amount.minorUnits
            try write(next, expecting: .absent, to: &change.transaction)
            change.record(StoreCreditHeld(memberID: member, key: key, amount: amount, by: actor, at: change.time))
            return try await commit(change, requesting: amount) ? next.hold : nil
        }
    }

    /// Takes what was set aside; refused when its deadline has passed.
    @discardableResult
    public func spend(
        _ key: IdempotencyKey,
        of member: MemberID,
        by actor: CommandActor
    ) async throws(StoreCreditError) -> StoreCreditHold {
        try check(.spendStoreCredit, actor, member)
        return try await move(key, of: member, to: .spent, by: actor)
    }

    /// Sets free what was set aside.
    ///
    /// Only whoever set it aside may, and the system: what a checkout holds for a purchase, its buyer does not get free
    /// while the purchase goes on.
    @discardableResult
    public func release(
        _ key: IdempotencyKey,
        of member: MemberID,
        by actor: CommandActor
    ) async throws(StoreCreditError) -> StoreCreditHold {
        try check(.releaseStoreCredit, actor, member)
        return try await move(key, of: member, to: .released, by: actor)
    }

    /// Sees to it that nothing is kept of a hold, wherever it stands; one that comes late is refused from now on.
    func giveBack(
        _ amount: Money,
        of member: MemberID,
        key: IdempotencyKey
    ) async throws(StoreCreditError) -> StoreCreditHold {
        let document = CreditHoldDocument.document(member, key)
        let known = try await archive.attempting { () async throws(StoreCreditError) -> CreditHoldDocument? in
            if let known = try await archive.read(document, as: CreditHoldDocument.self)?.value { return known }
            let tombstone = CreditHoldDocument(
                member: member,
                key: key,
                amount: amount,
                state: .released,
                deadline: nil,
                heldBy: .system
            )
            var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
            try write(tombstone, expecting: .absent, to: &transaction)
            guard case .done = try await archive.commit(transaction) else { return nil }
            return tombstone
        }
        switch known.state {
        case .held: return try await release(key, of: member, by: .system)
        case .spent where known.restored.minorUnits < known.amount.minorUnits:
            return try await restore(to: key, of: member, by: .system, key: key)
        case .spent, .released, .expired: return known.hold
        }
    }

    /// Gives back a part of what was spent, or all that is left of it.
    ///
    /// - Parameters:
    ///   - amount: How much; nil for all that was not given back before.
    ///   - hold: The key it was set aside under.
    ///   - member: Whose it is.
    ///   - actor: An operator or the system.
    ///   - key: Names the refund: under the same key nothing is given back twice.
    /// - Returns: The hold, with what was given back of it.
    /// - Throws: ``StoreCreditRefusal/exceedsSpent(requested:restorable:)``, `holdEnded` when it was not spent,
    ///   `unknownHold`, `keyReused`, `forbidden`; or a failure of the store.
    @discardableResult
    public func restore(
        _ amount: Money? = nil,
        to hold: IdempotencyKey,
        of member: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(StoreCreditError) -> StoreCreditHold {
        try check(.restoreStoreCredit, actor, member)
        return try await changing(hold, of: member) { known, change throws(StoreCreditError) in
            try Self.restored(amount, of: known, by: actor, key: key, in: &change)
        }
    }

    /// Adds a part that is given back of a hold, as it was read, to a transaction of somebody else's, who commits it.
    func restore(
        _ amount: Money,
        to hold: StoredValue<CreditHoldDocument>,
        of member: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey,
        in transaction: inout Transaction
    ) async throws(StoreCreditError) {
        try check(.restoreStoreCredit, actor, member)
        var change = try await opening(member, hold.value.amount.currency, in: transaction)
        guard let next = try Self.restored(amount, of: hold.value, by: actor, key: key, in: &change) else { return }
        try write(next, expecting: .exactly(hold.revision), to: &change.transaction)
        transaction = try prepared(change)
    }

    /// A hold after a part of it was given back, which is added to a change; nil when it was under that key before.
    private static func restored(
        _ amount: Money?,
        of known: CreditHoldDocument,
        by actor: CommandActor,
        key: IdempotencyKey,
        in change: inout CreditChange
    ) throws(StoreCreditError) -> CreditHoldDocument? {
        if let earlier = known.restores.first(where: { $0.key == key }) {
            guard amount == nil || amount == earlier.amount else {
                throw .refused(.keyReused(key, amount: earlier.amount))
            }
            return nil
        }
        guard known.state == .spent else { throw .refused(.holdEnded(known.key, known.state)) }
        let restorable = Money(
            minorUnits: known.amount.minorUnits - known.restored.minorUnits,
            known.amount.currency
        )
        let back = amount ?? restorable
        guard back.currency == known.amount.currency else {
            throw .refused(.currencyMismatch(expected: known.amount.currency, found: back.currency))
        }
        guard back.isPositive else { throw .refused(.notPositive(back)) }
        guard back.minorUnits <= restorable.minorUnits else {
            throw .refused(.exceedsSpent(requested: back, restorable: restorable))
        }
        guard known.restores.count < maximumRestores else {
            throw .refused(.tooManyRefunds(maximum: maximumRestores))
        }
        var next = known
        next.restores.append(CreditHoldDocument.Restore(key: key, amount: back))
        let earliest = restoredExpiry(at: change.time)
        change.put(
            back,
            known.lots(of: back).map { lot in
                StoreCreditLot(expiresAt: max(lot.expiresAt, earliest), amount: lot.amount)
            }
        )
        change.record(
            StoreCreditRestored(memberID: known.member, key: key, amount: back, by: actor, at: change.time)
        )
        return next
    }

    /// When credit expires at the earliest that is given back now: at the end of a day of UTC, so that the refunds of a
    /// day have one time of expiry.
    private static func restoredExpiry(at time: Timestamp) -> Timestamp {
        let day: Int64 = 86_400_000_000
        let end = time.advanced(by: restoredLife).microsecondsSinceEpoch
        let rest = (end % day + day) % day
        let (rounded, isOverflow) = end.addingReportingOverflow(rest == 0 ? 0 : day - rest)
        return Timestamp(microsecondsSinceEpoch: isOverflow ? .max : rounded)
    }

    /// Sets free what is held past its deadline; a job that can be repeated.
    ///
    /// - Returns: How many holds this call has set free, and which failed: one that fails holds up no other.
    /// - Throws: When it cannot be read which holds are due.
    @discardableResult
    public func expireHolds() async throws(StoreCreditError) -> StoreCreditSweep {
        let due = DocumentQuery.indexed(
            PaymentKeySpace.creditHolds,
            by: CreditHoldDocument.dueIndex,
            atMost: .time(environment.now),
            limit: Self.pageSize
        )
        return try await sweep(due) { document throws(StoreCreditError) in
            let known = try archive.decoded(CreditHoldDocument.self, from: document.body)
            return try await move(known.key, of: known.member, to: .expired, by: .system).state == .expired
        }
    }

    // MARK: - Moving a hold

    private func move(
        _ key: IdempotencyKey,
        of member: MemberID,
        to state: StoreCreditHoldState,
        by actor: CommandActor
    ) async throws(StoreCreditError) -> StoreCreditHold {
        var target = state
        let hold = try await changing(key, of: member) { known, change throws(StoreCreditError) in
            // What is past its deadline is set free, whoever comes first.
            target = known.isOverdue(at: environment.now) ? .expired : state
            guard known.state == .held else {
                let isSame = known.state == state || known.state == .expired && state == .released
                guard isSame || state == .expired else { throw .refused(.holdEnded(key, known.state)) }
                return nil
            }
            guard state != .expired || target == .expired else { return nil }
            if target == .released { try Self.check(actor, mayRelease: known) }
            let amount = known.amount
            change.heldMinor -= amount.minorUnits
            let next = known.moved(to: target)
            if target == .spent {
                change.record(
                    StoreCreditSpent(memberID: member, key: key, amount: amount, by: actor, at: change.time)
                )
            } else {
                change.put(amount, known.lots)
                let by = target == .expired ? .system : actor
                change.record(
                    StoreCreditReleased(memberID: member, key: key, amount: amount, by: by, at: change.time)
                )
            }
            return next
        }
        if state == .spent, hold.state == .expired { throw .refused(.holdEnded(key, .expired)) }
        return hold
    }

    /// Lets whoever has set it aside pass, and the system.
    private static func check(
        _ actor: CommandActor,
        mayRelease hold: CreditHoldDocument
    ) throws(StoreCreditError) {
        guard actor.role != .system, actor.role != hold.heldBy.role else { return }
        let holder = hold.heldBy.party(owner: hold.member)
        throw .refused(
            .forbidden(
                CommandForbidden(
                    command: CommandRule.releaseStoreCredit.command,
                    actor: actor,
                    party: actor.party(owner: hold.member),
                    allowed: Set([holder, .system]).sorted()
                )
            )
        )
    }

    /// Changes a hold and what goes with it; nil leaves it as it is.
    private func changing(
        _ key: IdempotencyKey,
        of member: MemberID,
        _ body: (CreditHoldDocument, inout CreditChange) throws(StoreCreditError) -> CreditHoldDocument?
    ) async throws(StoreCreditError) -> StoreCreditHold {
        try await archive.attempting { () async throws(StoreCreditError) -> StoreCreditHold? in
            let document = CreditHoldDocument.document(member, key)
            guard let stored = try await archive.read(document, as: CreditHoldDocument.self) else {
                throw .refused(.unknownHold(key))
            }
            var change = try await opening(member, stored.value.amount.currency)
            guard let next = try body(stored.value, &change) else { return stored.value.hold }
            try write(next, expecting: .exactly(stored.revision), to: &change.transaction)
            return try await commit(change, requesting: next.amount) ? next.hold : nil
        }
    }

    private func write(
        _ document: CreditHoldDocument,
        expecting revision: ExpectedRevision,
        to transaction: inout Transaction
    ) throws(StoreCreditError) {
        transaction.write(
            DocumentWrite(
                CreditHoldDocument.document(document.member, document.key),
                body: try archive.encoded(document),
                expecting: revision,
                indexEntries: document.indexEntries
            )
        )
    }
}
