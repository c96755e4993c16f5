import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// What is stored of a member's credit in one currency that expires.
///
/// There is none for a member who has never had any: most change nothing but counters, any number at once.
struct CreditAccount: Codable, Hashable, Sendable {
    let member: MemberID
    let currency: Currency
    var expiring = ExpiringCredit()

    static let expiryIndex = "expiry"

    static func document(_ member: MemberID, _ currency: Currency) -> DocumentKey {
        DocumentKey(
            PaymentKeySpace.creditAccounts,
            TransactionID(derivedFrom: "store credit account", member.description, currency.code)
        )
    }

    var indexEntries: [IndexEntry] {
        expiring.nextExpiry.map { [IndexEntry(Self.expiryIndex, .time($0))] } ?? []
    }
}

/// A change of a member's credit that is being put together: its counters, its lots and its entries in the ledger are
/// one commit.
struct CreditChange {
    let member: MemberID
    let currency: Currency
    let time: Timestamp
    var transaction: Transaction
    /// The account as it was read.
    let stored: StoredValue<CreditAccount>?
    var account: CreditAccount
    /// By how much there is more to spend.
    var availableMinor: Int64 = 0
    /// By how much more is set aside.
    var heldMinor: Int64 = 0
    /// How much has expired, and is taken off by the way.
    private(set) var lapsedMinor: Int64 = 0
    private(set) var entries: [any EventPayload] = []

    init(_ member: MemberID, _ currency: Currency, _ stored: StoredValue<CreditAccount>?, _ transaction: Transaction) {
        self.member = member
        self.currency = currency
        self.stored = stored
        self.transaction = transaction
        time = transaction.time
        account = stored?.value ?? CreditAccount(member: member, currency: currency)
        for lot in account.expiring.lapse(at: time) {
            lapsedMinor += lot.amount.minorUnits
            availableMinor -= lot.amount.minorUnits
            entries.append(
                StoreCreditExpired(memberID: member, amount: lot.amount, expiresAt: lot.expiresAt, at: time)
            )
        }
    }

    /// Takes credit, what expires first in front; what of it would have expired.
    mutating func take(_ amount: Money) -> [StoreCreditLot] {
        availableMinor -= amount.minorUnits
        return account.expiring.take(amount.minorUnits)
    }

    /// Gives credit back as what it was taken from; the rest never expires.
    mutating func put(_ amount: Money, _ lots: [StoreCreditLot]) {
        availableMinor += amount.minorUnits
        for lot in lots { account.expiring.put(lot) }
    }

    /// Adds an entry to the ledger.
    mutating func record(_ entry: some EventPayload) { entries.append(entry) }
}

extension StoreCredits {
    /// Begins a change of a member's credit, in a commit of its own or in that of somebody else.
    func opening(
        _ member: MemberID,
        _ currency: Currency,
        in transaction: Transaction? = nil
    ) async throws(StoreCreditError) -> CreditChange {
        let stored = try await archive.read(CreditAccount.document(member, currency), as: CreditAccount.self)
        let own = transaction ?? Transaction(id: environment.identifiers.next(), time: environment.now)
        return CreditChange(member, currency, stored, own)
    }

    /// The transaction of a change, with all that is changed.
    func prepared(_ change: CreditChange) throws(StoreCreditError) -> Transaction {
        var transaction = change.transaction
        let document = CreditAccount.document(change.member, change.currency)
        if change.account == change.stored?.value || change.stored == nil && change.account.expiring.lots.isEmpty {
            transaction.require(.document(document, at: change.stored?.revision))
        } else {
            transaction.write(
                DocumentWrite(
                    document,
                    body: try archive.encoded(change.account),
                    expecting: change.stored.map { .exactly($0.revision) } ?? .absent,
                    indexEntries: change.account.indexEntries
                )
            )
        }
        if change.availableMinor != 0 || change.lapsedMinor != 0 {
            transaction.add(
                change.availableMinor,
                to: Self.available(change.member, change.currency),
                floor: 0,
                ceiling: Self.maximumMinor
            )
        }
        if change.heldMinor != 0 {
            transaction.add(change.heldMinor, to: Self.held(change.member, change.currency))
        }
        var drafts: [EventDraft] = []
        for (number, entry) in change.entries.enumerated() { drafts.append(try draft(entry, number, of: transaction)) }
        transaction.append(drafts, to: Self.ledger(change.member, change.currency), expecting: .any)
        return transaction
    }

    /// Commits a change; false when others were faster.
    func commit(_ change: CreditChange, requesting amount: Money) async throws(StoreCreditError) -> Bool {
        switch try await archive.commit(try prepared(change)) {
        case .done: return true
        case .contended: return false
        case .bound(_, .floor, let value):
            let available = Money(minorUnits: max(0, value - change.lapsedMinor), change.currency)
            throw .refused(.insufficient(requested: amount, available: available))
        case .bound(_, .ceiling, _): throw .refused(.tooMuch(maximumMinor: Self.maximumMinor))
        }
    }

    private func draft<Entry: EventPayload>(
        _ entry: Entry,
        _ number: Int,
        of transaction: Transaction
    ) throws(StoreCreditError) -> EventDraft {
        let id = TransactionID(derivedFrom: "store credit entry", transaction.id.description, "\(number)")
        return EventDraft(
            id: EventID(bits: id.bits),
            name: Entry.eventName,
            schemaVersion: Entry.schemaVersion,
            payload: try archive.encoded(entry)
        )
    }
}
