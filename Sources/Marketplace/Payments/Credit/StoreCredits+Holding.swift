public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension StoreCredits {
    /// How many overdue holds are read at once.
    private static let pageSize = 100

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
            let next = CreditHoldDocument(member: member, key: key, amount: amount, state: .held, deadline: deadline)
            var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
            try write(next, expecting: .absent, to: &transaction)
            addAvailable(0 - amount.minorUnits, member, amount.currency, to: &transaction)
            transaction.add(amount.minorUnits, to: Self.held(member, amount.currency))
            try append(
                StoreCreditHeld(memberID: member, key: key, amount: amount, by: actor, at: environment.now),
                of: next,
                to: &transaction
            )
            return try await commit(transaction, requesting: amount) ? next.hold : nil
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
    @discardableResult
    public func release(
        _ key: IdempotencyKey,
        of member: MemberID,
        by actor: CommandActor
    ) async throws(StoreCreditError) -> StoreCreditHold {
        try check(.releaseStoreCredit, actor, member)
        return try await move(key, of: member, to: .released, by: actor)
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
        return try await changing(hold, of: member) { known, transaction throws(StoreCreditError) in
            if let earlier = known.restores.first(where: { $0.key == key }) {
                guard amount == nil || amount == earlier.amount else {
                    throw .refused(.keyReused(key, amount: earlier.amount))
                }
                return nil
            }
            guard known.state == .spent else { throw .refused(.holdEnded(hold, known.state)) }
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
            guard known.restores.count < Self.maximumRestores else {
                throw .refused(.tooManyRefunds(maximum: Self.maximumRestores))
            }
            var next = known
            next.restores.append(CreditHoldDocument.Restore(key: key, amount: back))
            addAvailable(back.minorUnits, member, back.currency, to: &transaction)
            try append(
                StoreCreditRestored(memberID: member, key: key, amount: back, by: actor, at: environment.now),
                of: next,
                to: &transaction
            )
            return next
        }
    }

    /// Sets free what is held past its deadline; a job that can be repeated.
    ///
    /// - Returns: How many holds this call has set free.
    @discardableResult
    public func expireHolds() async throws(StoreCreditError) -> Int {
        let query = DocumentQuery.indexed(
            PaymentKeySpace.creditHolds,
            by: CreditHoldDocument.dueIndex,
            atMost: .time(environment.now),
            limit: Self.pageSize
        )
        var count = 0
        while true {
            let due = try await archive.documents(matching: query).documents
            for document in due {
                let known = try archive.decoded(CreditHoldDocument.self, from: document.body)
                if try await move(known.key, of: known.member, to: .expired, by: .system).state == .expired {
                    count += 1
                }
            }
            if due.count < Self.pageSize { return count }
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
        let hold = try await changing(key, of: member) { known, transaction throws(StoreCreditError) in
            // What is past its deadline is set free, whoever comes first.
            target = known.isOverdue(at: environment.now) ? .expired : state
            guard known.state == .held else {
                let isSame = known.state == state || known.state == .expired && state == .released
                guard isSame || state == .expired else { throw .refused(.holdEnded(key, known.state)) }
                return nil
            }
            guard state != .expired || target == .expired else { return nil }
            let amount = known.amount
            transaction.add(0 - amount.minorUnits, to: Self.held(member, amount.currency))
            let next = known.moved(to: target)
            if target == .spent {
                let spent = StoreCreditSpent(memberID: member, key: key, amount: amount, by: actor, at: environment.now)
                try append(spent, of: next, to: &transaction)
            } else {
                addAvailable(amount.minorUnits, member, amount.currency, to: &transaction)
                let by = target == .expired ? .system : actor
                let free = StoreCreditReleased(memberID: member, key: key, amount: amount, by: by, at: environment.now)
                try append(free, of: next, to: &transaction)
            }
            return next
        }
        if state == .spent, hold.state == .expired { throw .refused(.holdEnded(key, .expired)) }
        return hold
    }

    /// Changes a hold and what goes with it; nil leaves it as it is.
    private func changing(
        _ key: IdempotencyKey,
        of member: MemberID,
        _ body: (CreditHoldDocument, inout Transaction) throws(StoreCreditError) -> CreditHoldDocument?
    ) async throws(StoreCreditError) -> StoreCreditHold {
        try await archive.attempting { () async throws(StoreCreditError) -> StoreCreditHold? in
            let document = CreditHoldDocument.document(member, key)
            guard let stored = try await archive.read(document, as: CreditHoldDocument.self) else {
                throw .refused(.unknownHold(key))
            }
            var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
            guard let next = try body(stored.value, &transaction) else { return stored.value.hold }
            try write(next, expecting: .exactly(stored.revision), to: &transaction)
            return try await commit(transaction, requesting: next.amount) ? next.hold : nil
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

    private func append(
        _ event: some EventPayload,
        of document: CreditHoldDocument,
        to transaction: inout Transaction
    ) throws(StoreCreditError) {
        let member = document.member
        let id = TransactionID(
            derivedFrom: "store credit hold",
            member.description,
            document.key.text,
            document.state.rawValue,
            "\(document.restores.count)"
        )
        let ledger = Self.ledger(member, document.amount.currency)
        try archive.append(event, idBits: id.bits, to: ledger, in: &transaction)
    }
}
