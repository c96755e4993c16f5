import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// Where the ledger is kept beside its events: balances as counters, statement lines and open items as documents.
///
/// All of it is written in the commit of the entry. Balances are counters, so that entries of different orders never
/// wait for one another; lines and items are written once, and an item is deleted once, by the entry that settles it.
struct SettlementBook: StoreService {
    typealias Failure = SettlementError

    static let lines: DocumentCollection = "settlement-lines"
    static let items: DocumentCollection = "settlement-items"
    static let payouts: DocumentCollection = "settlement-payouts"
    static let runs: DocumentCollection = "settlement-runs"
    static let ledger: StreamCategory = "ledger"

    let environment: ServiceEnvironment

    var store: any Store { environment.store }
    var codec: any PayloadCodec { environment.codec }
    /// As often as a repository decides again.
    var maximumAttempts: Int { 16 }

    static func key(of balance: LedgerBalanceKey) -> CounterKey {
        // An account and a currency are well below the length of a key.
        CounterKey(unchecked: "settlement/\(balance.account)/\(balance.currency)")
    }

    static func totalKey(of kind: LedgerAccountKind, in currency: Currency) -> CounterKey {
        CounterKey(unchecked: "settlement-total/\(kind.rawValue)/\(currency)")
    }

    /// What the lines of an account, or of a seller, and the items of a seller are found by.
    static func indexText(_ owner: some CustomStringConvertible, _ currency: Currency) -> String {
        "\(owner)/\(currency)"
    }

    /// Adds what an entry changes: balances, statement lines, what it opens and settles.
    func record(
        _ posted: LedgerEntryPosted,
        settling revisions: [OpenItemID: DocumentRevision] = [:],
        in transaction: inout Transaction
    ) throws(SettlementError) {
        for line in posted.entry.lines {
            let currency = line.amount.currency
            transaction.add(line.amount.minorUnits, to: Self.key(of: LedgerBalanceKey(line.account, currency)))
            transaction.add(line.amount.minorUnits, to: Self.totalKey(of: line.account.kind, in: currency))
            var entries = [IndexEntry("account", .text(Self.indexText(line.account, currency)), .time(posted.at))]
            if let seller = line.account.sellerID {
                entries.append(IndexEntry("seller", .text(Self.indexText(seller, currency)), .time(posted.at)))
            }
            let id = TextKey<DocumentSubject>(unchecked: "\(posted.entry.id)/\(line.account)/\(currency)")
            transaction.write(
                DocumentWrite(
                    DocumentKey(Self.lines, id),
                    body: try encoded(StatementLine(line, of: posted)),
                    expecting: .absent,
                    indexEntries: entries
                )
            )
        }
        for item in posted.opens {
            transaction.write(
                DocumentWrite(
                    DocumentKey(Self.items, item.id.retyped()),
                    body: try encoded(item),
                    expecting: .absent,
                    indexEntries: [
                        IndexEntry(
                            "due",
                            .text(Self.indexText(item.sellerID, item.amount.currency)),
                            .time(item.maturesAt)
                        )
                    ]
                )
            )
        }
        for id in posted.settles {
            // Only what was read is settled, so that an item which was settled meanwhile is a conflict.
            guard let revision = revisions[id] else { throw .unknownDebt(id) }
            transaction.delete(DocumentKey(Self.items, id.retyped()), expecting: .exactly(revision))
        }
    }

    /// Appends an entry to a stream of its own, which must be new.
    func append(
        _ posted: LedgerEntryPosted,
        to stream: StreamID,
        expecting version: ExpectedVersion,
        in transaction: inout Transaction
    ) throws(SettlementError) {
        let draft = EventDraft(
            id: EventID(bits: posted.entry.id.bits),
            name: LedgerEntryPosted.eventName,
            schemaVersion: LedgerEntryPosted.schemaVersion,
            payload: try encoded(posted)
        )
        transaction.append([draft], to: stream, expecting: version)
    }

    /// Lists a payout as it is now.
    func list(_ payout: Payout, in transaction: inout Transaction) throws(SettlementError) {
        guard let record = PayoutRecord(payout) else { return }
        transaction.write(
            DocumentWrite(
                DocumentKey(Self.payouts, record.payoutID),
                body: try encoded(record),
                indexEntries: [
                    IndexEntry("status", .text(record.status.rawValue), .time(record.createdAt)),
                    IndexEntry("seller", .text(record.sellerID.description), .time(record.createdAt)),
                ]
            )
        )
    }

    /// Commits; nil when others were faster, so that it must be decided again.
    func commitOnce(_ transaction: Transaction) async throws(SettlementError) -> Bool? {
        switch try await commit(transaction) {
        case .done: true
        case .contended: nil
        // Nothing bounds a balance but what 64 bits hold.
        case .bound(let key, _, _): throw .balanceOverflow(key)
        }
    }

    /// A page of documents, decoded.
    func page<Value: Decodable & Sendable>(
        _ type: Value.Type,
        _ query: DocumentQuery
    ) async throws(SettlementError) -> (values: [StoredValue<Value>], next: DocumentCursor?) {
        let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
        var values: [StoredValue<Value>] = []
        for document in slice.documents {
            values.append(StoredValue(value: try decoded(type, from: document.body), revision: document.revision))
        }
        return (values, slice.next)
    }
}

extension LedgerEntryID {
    /// The entry that always follows from these texts.
    init(derivedFrom first: String, _ second: String) {
        self.init(bits: TransactionID(derivedFrom: "ledger", first, second).bits)
    }
}
