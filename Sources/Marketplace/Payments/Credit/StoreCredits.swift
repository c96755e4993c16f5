public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

/// Keeps store credit: what the marketplace owes a member, in one currency each, and never less than nothing.
///
/// The balance is a counter with a floor of zero, so that any number of purchases at once take no more than there is.
/// A purchase sets credit aside, and spends or releases it, as stock is reserved; spent credit can be given back, in
/// parts, up to what was spent. Each change is an event of the member's ledger in the same commit as the counter. Every
/// call carries a key and can be repeated.
public struct StoreCredits: Sendable {
    /// The most minor units a member can have in one currency: so far below `Int64.max` that no sum overflows.
    public static let maximumMinor: Int64 = 1_000_000_000_000_000
    /// The most refunds of one purchase, as of a payment.
    public static let maximumRestores = Payment.maximumRefunds

    let environment: ServiceEnvironment
    let archive: PaymentArchive<StoreCreditError>
    static let category: StreamCategory = "store-credit"
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
        let values = try await archive.reading { () async throws(StoreError) in
            try await environment.store.counters(keys)
        }
        return StoreCreditBalance(
            available: Money(minorUnits: values[keys[0]] ?? 0, currency),
            held: Money(minorUnits: values[keys[1]] ?? 0, currency)
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
    public func grant(
        _ amount: Money,
        to member: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(StoreCreditError) {
        try check(.grantStoreCredit, actor, member)
        let event = StoreCreditGranted(memberID: member, key: key, amount: amount, by: actor, at: environment.now)
        try await change("grant", amount.minorUnits, event, amount, member, key)
    }

    /// Takes credit away that is not set aside.
    public func withdraw(
        _ amount: Money,
        from member: MemberID,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(StoreCreditError) {
        try check(.withdrawStoreCredit, actor, member)
        let event = StoreCreditWithdrawn(memberID: member, key: key, amount: amount, by: actor, at: environment.now)
        try await change("withdraw", 0 - max(0, amount.minorUnits), event, amount, member, key)
    }

    /// Changes the balance once per key.
    private func change(
        _ kind: String,
        _ deltaMinor: Int64,
        _ event: some EventPayload,
        _ amount: Money,
        _ member: MemberID,
        _ key: IdempotencyKey
    ) async throws(StoreCreditError) {
        guard amount.isPositive else { throw .refused(.notPositive(amount)) }
        guard amount.minorUnits <= Self.maximumMinor else { throw .refused(.tooMuch(maximumMinor: Self.maximumMinor)) }
        let id = TransactionID(derivedFrom: "store credit", kind, member.description, key.text)
        let document = DocumentKey(Self.grants, id)
        try await archive.attempting { () async throws(StoreCreditError) -> Void? in
            if let earlier = try await archive.read(document, as: Money.self) {
                guard earlier.value == amount else { throw .refused(.keyReused(key, amount: earlier.value)) }
                return ()
            }
            var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
            transaction.write(DocumentWrite(document, body: try archive.encoded(amount), expecting: .absent))
            addAvailable(deltaMinor, member, amount.currency, to: &transaction)
            try archive.append(event, idBits: id.bits, to: Self.ledger(member, amount.currency), in: &transaction)
            return try await commit(transaction, requesting: amount) ? () : nil
        }
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

    func addAvailable(
        _ deltaMinor: Int64,
        _ member: MemberID,
        _ currency: Currency,
        to transaction: inout Transaction
    ) {
        transaction.add(deltaMinor, to: Self.available(member, currency), floor: 0, ceiling: Self.maximumMinor)
    }

    /// Commits; false when others were faster.
    func commit(_ transaction: Transaction, requesting amount: Money) async throws(StoreCreditError) -> Bool {
        switch try await archive.commit(transaction) {
        case .done: return true
        case .contended: return false
        case .bound(_, .floor, let value):
            let available = Money(minorUnits: value, amount.currency)
            throw .refused(.insufficient(requested: amount, available: available))
        case .bound(_, .ceiling, _): throw .refused(.tooMuch(maximumMinor: Self.maximumMinor))
        }
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
