public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

/// Keeps store credit: what the marketplace owes a member, in one currency each, and never less than nothing.
///
/// The balance is a counter with a floor of zero, so that any number of purchases at once take no more than there is.
/// A purchase sets credit aside, and spends or releases it, as stock is reserved; spent credit can be given back, in
/// parts, up to what was spent. Credit may expire: what expires first is spent first, and what is set aside stays alive
/// until its hold ends. Each change is an event of the member's ledger in the same commit as the counter. Every call
/// carries a key and can be repeated.
public struct StoreCredits: Sendable {
    /// The most minor units a member can have in one currency: so far below `Int64.max` that no sum overflows.
    public static let maximumMinor: Int64 = 1_000_000_000_000_000
    /// The most refunds of one purchase, as of a payment.
    public static let maximumRestores = Payment.maximumRefunds
    /// How long credit can be spent at least that is given back after it would have expired, or shortly before: a month,
    /// so that a refund is worth something.
    public static let restoredLife = Duration.days(30)
    /// How many documents a sweep reads at once.
    static let pageSize = 100

    let environment: ServiceEnvironment
    let archive: PaymentArchive<StoreCreditError>
    /// The category of the members' ledgers of store credit, of which the events are ``StoreCreditEvent``.
    public static let category: StreamCategory = "store-credit"
    static let grants: DocumentCollection = "store-credit-entries"

    /// A service of these parts.
    public init(in environment: ServiceEnvironment) {
        self.environment = environment
        archive = PaymentArchive(environment)
    }

    /// How much a member has.
    public func balance(
        of member: MemberID,
        _ currency: Currency,
        by actor: CommandActor
    ) async throws(StoreCreditError) -> StoreCreditBalance {
        try check(.readStoreCredit, actor, member)
        let keys = [Self.available(member, currency), Self.held(member, currency)]
        let account = try await archive.read(CreditAccount.document(member, currency), as: CreditAccount.self)?.value
        let values = try await archive.reading { () async throws(StoreError) in
            try await environment.store.counters(keys)
        }
        let now = environment.now
        // What has expired is not to be spent, also before anything has taken it off.
        let expiredMinor = account?.expiring.expiredMinor(at: now) ?? 0
        return StoreCreditBalance(
            available: Money(minorUnits: max(0, (values[keys[0]] ?? 0) - expiredMinor), currency),
            held: Money(minorUnits: values[keys[1]] ?? 0, currency),
            expiring: account?.expiring.lots.filter { $0.expiresAt > now } ?? []
        )
    }

    /// The entries of a member's ledger in one currency, the oldest first, after so many, at most `limit`.
    public func entries(
        of member: MemberID,
        _ currency: Currency,
        after count: Int = 0,
        limit: Int = 100,
        by actor: CommandActor
    ) async throws(StoreCreditError) -> [StoreCreditEvent] {
        try check(.readStoreCredit, actor, member)
        let first = StreamVersion.none.advanced(by: max(0, count)).advanced(by: 1)
        let limit = min(max(1, limit), StoreLimits.pageSize)
        let recorded = try await archive.reading { () async throws(StoreError) in
            try await environment.store.events(in: Self.ledger(member, currency), from: first, limit: limit)
        }
        let reader = EventReader<StoreCreditEvent>(codec: environment.codec)
        var entries: [StoreCreditEvent] = []
        for event in recorded {
            do throws(EventReadingError) {
                entries.append(try reader.read(event))
            } catch {
                throw .failed(.notApplied(StoreFailure(.unreadable, error.description)))
            }
        }
        return entries
    }

    /// Gives a member credit: a gift, or a refund that is not paid out.
    ///
    /// - Parameters:
    ///   - amount: How much.
    ///   - member: To whom.
    ///   - expiry: Until when it can be spent or set aside; nil when it never expires. What expires first is spent first.
    ///   - actor: An operator or the system.
    ///   - key: Names the grant: under the same key nothing is given twice.
    /// - Throws: ``StoreCreditRefusal``, `expiresTooEarly` and `tooManyExpiries` among them; or a failure of the store.
    public func grant(
        _ amount: Money,
        to member: MemberID,
        expiringAt expiry: Timestamp? = nil,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(StoreCreditError) {
        try check(.grantStoreCredit, actor, member)
        try await change("grant", CreditEntry(amount: amount, expiresAt: expiry), member, key) {
            (change) throws(StoreCreditError) in
            try Self.grant(amount, expiringAt: expiry, by: actor, key: key, in: &change)
        }
    }

    /// Takes credit away that is not set aside.
    public func withdraw(
        _ amount: Money,
        from member: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(StoreCreditError) {
        try check(.withdrawStoreCredit, actor, member)
        try await change("withdraw", CreditEntry(amount: amount, expiresAt: nil), member, key) {
            (change) throws(StoreCreditError) in
            _ = change.take(amount)
            change.record(
                StoreCreditWithdrawn(memberID: member, key: key, amount: amount, by: actor, at: change.time)
            )
        }
    }

    /// Takes off what has expired; a job that can be repeated.
    ///
    /// What is set aside does not expire: if it is set free afterwards, the next run takes it off.
    ///
    /// - Returns: Of how many members and currencies credit has expired, and which failed: one that fails holds up no
    ///   other.
    /// - Throws: When it cannot be read whose credit is due.
    @discardableResult
    public func expireCredit() async throws(StoreCreditError) -> StoreCreditSweep {
        let due = DocumentQuery.indexed(
            PaymentKeySpace.creditAccounts,
            by: CreditAccount.expiryIndex,
            atMost: .time(environment.now),
            limit: Self.pageSize
        )
        return try await sweep(due) { document throws(StoreCreditError) in
            try await expire(try archive.decoded(CreditAccount.self, from: document.body))
        }
    }

    /// Ends what each document of a query is about, and counts those for which that came about.
    func sweep(
        _ due: DocumentQuery,
        _ end: (StoredDocument) async throws(StoreCreditError) -> Bool
    ) async throws(StoreCreditError) -> StoreCreditSweep {
        var sweep = StoreCreditSweep()
        var query = due
        while true {
            let slice = try await archive.documents(matching: query)
            for document in slice.documents {
                do throws(StoreCreditError) {
                    if try await end(document) { sweep.endedCount += 1 }
                } catch {
                    sweep.failures.append(error)
                }
            }
            guard let next = slice.next else { return sweep }
            query = query.continued(from: next)
        }
    }

    /// Takes off what has expired of one member's credit; false when nothing has.
    private func expire(_ account: CreditAccount) async throws(StoreCreditError) -> Bool {
        try await archive.attempting { () async throws(StoreCreditError) -> Bool? in
            let change = try await opening(account.member, account.currency)
            guard change.lapsedMinor > 0 else { return false }
            return try await commit(change, requesting: .zero(account.currency)) ? true : nil
        }
    }

    /// Adds a grant to a change.
    static func grant(
        _ amount: Money,
        expiringAt expiry: Timestamp?,
        by actor: CommandActor,
        key: IdempotencyKey,
        in change: inout CreditChange
    ) throws(StoreCreditError) {
        var lots: [StoreCreditLot] = []
        if let expiry {
            guard expiry > change.time else { throw .refused(.expiresTooEarly(expiry)) }
            guard change.account.expiring.hasRoom(for: expiry) else {
                throw .refused(.tooManyExpiries(maximum: ExpiringCredit.maximumLots))
            }
            lots.append(StoreCreditLot(expiresAt: expiry, amount: amount))
        }
        change.put(amount, lots)
        change.record(
            StoreCreditGranted(
                memberID: change.member,
                key: key,
                amount: amount,
                by: actor,
                at: change.time,
                expiresAt: expiry
            )
        )
    }

    /// Changes the balance once per key.
    private func change(
        _ kind: String,
        _ entry: CreditEntry,
        _ member: MemberID,
        _ key: IdempotencyKey,
        _ body: (inout CreditChange) throws(StoreCreditError) -> Void
    ) async throws(StoreCreditError) {
        let amount = entry.amount
        guard amount.isPositive else { throw .refused(.notPositive(amount)) }
        guard amount.minorUnits <= Self.maximumMinor else { throw .refused(.tooMuch(maximumMinor: Self.maximumMinor)) }
        let id = TransactionID(derivedFrom: "store credit", kind, member.description, key.text)
        let document = DocumentKey(Self.grants, id)
        try await archive.attempting { () async throws(StoreCreditError) -> Void? in
            if let earlier = try await archive.read(document, as: CreditEntry.self)?.value {
                guard earlier == entry else { throw .refused(.keyReused(key, amount: earlier.amount)) }
                return ()
            }
            var change = try await opening(member, amount.currency)
            try body(&change)
            change.transaction.write(DocumentWrite(document, body: try archive.encoded(entry), expecting: .absent))
            return try await commit(change, requesting: amount) ? () : nil
        }
    }

    /// What was given or taken away under a key.
    private struct CreditEntry: Codable, Hashable, Sendable {
        let amount: Money
        let expiresAt: Timestamp?
    }

    // MARK: - Keys and commits

    static func available(_ member: MemberID, _ currency: Currency) -> CounterKey {
        CounterKey(unchecked: "store-credit/available/\(currency.code)/\(member)")
    }

    static func held(_ member: MemberID, _ currency: Currency) -> CounterKey {
        CounterKey(unchecked: "store-credit/held/\(currency.code)/\(member)")
    }

    static func ledger(_ member: MemberID, _ currency: Currency) -> StreamID {
        StreamID(category, TextKey(unchecked: "\(member)/\(currency.code)"))
    }

    func check(
        _ rule: CommandRule,
        _ actor: CommandActor,
        _ member: MemberID
    ) throws(StoreCreditError) {
        do throws(CommandForbidden) {
            try rule.check(actor, owner: member)
        } catch {
            throw .refused(.forbidden(error))
        }
    }
}
