import MarketplaceCore
import MarketplaceStorage

/// What a batch has to know before it can decide, each thing once.
struct PostgresLoad: Sendable {
    /// Things of one kind in the order in which they were met.
    struct Once<Element: Hashable & Sendable>: Sendable {
        private(set) var elements: [Element] = []
        private var seen: Set<Element> = []

        mutating func insert(_ element: Element) {
            if seen.insert(element).inserted { elements.append(element) }
        }
    }

    private(set) var receipts = Once<Scoped<TransactionID>>()
    private(set) var streams = Once<Scoped<StreamID>>()
    private(set) var documents = Once<Scoped<DocumentKey>>()
    private(set) var uniques = Once<Scoped<UniqueKey>>()
    private(set) var counters = Once<Scoped<CounterKey>>()
    private(set) var fences = Once<Scoped<FenceKey>>()

    /// Gathers what the transactions touch.
    init(_ transactions: some Sequence<(namespace: Int64, transaction: Transaction)>) {
        for (namespace, transaction) in transactions { insert(transaction, namespace) }
    }

    private mutating func insert(_ transaction: Transaction, _ namespace: Int64) {
        if transaction.isRemembered { receipts.insert(Scoped(namespace, transaction.id)) }
        for guarded in transaction.guards {
            switch guarded {
            case .stream(let stream, _): streams.insert(Scoped(namespace, stream))
            case .document(let key, _): documents.insert(Scoped(namespace, key))
            case .fence(let key, _): fences.insert(Scoped(namespace, key))
            }
        }
        for append in transaction.appends { streams.insert(Scoped(namespace, append.stream)) }
        for trim in transaction.trims { streams.insert(Scoped(namespace, trim.stream)) }
        for write in transaction.writes {
            documents.insert(Scoped(namespace, write.key))
            for key in write.uniqueKeys { uniques.insert(Scoped(namespace, key)) }
        }
        for delete in transaction.deletes { documents.insert(Scoped(namespace, delete.key)) }
        for add in transaction.counterAdds { counters.insert(Scoped(namespace, add.key)) }
        for key in transaction.counterDeletes { counters.insert(Scoped(namespace, key)) }
    }

    /// The slots of all keys.
    var slots: PostgresSlots {
        var slots = PostgresSlots()
        for item in receipts.elements {
            slots.insert(.transaction, namespace: item.namespace, item.key.description)
        }
        for item in streams.elements {
            slots.insert(.stream, namespace: item.namespace, item.key.category.text, item.key.key.text)
        }
        for item in documents.elements {
            slots.insert(.document, namespace: item.namespace, item.key.collection.text, item.key.id.text)
        }
        for item in uniques.elements { slots.insert(.unique, namespace: item.namespace, item.key.text) }
        for item in counters.elements { slots.insert(.counter, namespace: item.namespace, item.key.text) }
        for item in fences.elements { slots.insert(.fence, namespace: item.namespace, item.key.text) }
        return slots
    }
}
