import MarketplaceCore
import MarketplaceStorage

/// A law of two namespaces of one database.
public typealias NamespaceLaw = Law<NamespacePair>

/// The laws that keep the namespaces of one database apart.
///
/// ```swift
/// try await NamespaceLaws.all.check {
///     NamespacePair(database.store(namespace: "one"), database.store(namespace: "two"))
/// }
/// ```
public enum NamespaceLaws {
    /// All of them.
    public static let all = LawSet([contentIsApart, conditionsAreApart, queriesAreApart])

    /// What is committed in one namespace is not seen in another.
    public static let contentIsApart = NamespaceLaw(
        "namespace.content",
        "Events, documents and counters of one namespace are not seen in another."
    ) { pair, history in
        let (mine, other) = pair.probes(history)
        let stream = StreamID("law", "a")
        try await mine.commit { transaction in
            transaction.append(mine.drafts(2), to: stream, expecting: .none)
            transaction.write(DocumentWrite(DocumentKey("law", "a"), body: [1]))
            transaction.add(1, to: "a")
        }
        try LawBreach.unlessEqual(try await other.events(in: stream), [], "the events of the other namespace")
        try LawBreach.unlessEqual(try await other.feed(), [], "the feed of the other namespace")
        let document = try await other.store.document(DocumentKey("law", "a"))
        try LawBreach.unlessEqual(document, nil, "the document of the other namespace")
        try LawBreach.unlessEqual(try await other.store.counter("a"), 0, "the counter of the other namespace")
        // Deleting in one namespace leaves the other as it was.
        try await other.commit { transaction in
            transaction.delete(DocumentKey("law", "a"))
            transaction.deleteCounter("a")
            transaction.trim(.whole(stream))
        }
        try LawBreach.unlessEqual(try await mine.events(in: stream).count, 2, "how many events are left")
        try LawBreach.unlessEqual(try await mine.feed().count, 2, "how many events are left on the feed")
        try LawBreach.unlessEqual(try await mine.store.counter("a"), 1, "the counter")
        let kept = try await mine.store.document(DocumentKey("law", "a"))?.body
        try LawBreach.unlessEqual(kept, [1], "the body of the document")
    }

    /// What is required, expected or unique in one namespace has no bearing on another.
    public static let conditionsAreApart = NamespaceLaw(
        "namespace.conditions",
        "Versions, revisions, unique keys, fences, bounds and transaction ids of one namespace do not bind another."
    ) { pair, history in
        let (mine, other) = pair.probes(history)
        for (probe, event) in [(mine, 1), (other, 2)] {
            var transaction = Transaction(id: TransactionID(bits: 7), time: StoreProbe.time)
            // The higher token comes first, and the two transactions differ in one event.
            transaction.require(.fence("a", FencingToken(10 - UInt64(event))))
            transaction.append(probe.drafts(event), to: StreamID("law", "a"), expecting: .none)
            transaction.write(
                DocumentWrite(DocumentKey("law", "a"), body: [], expecting: .absent, uniqueKeys: ["k"])
            )
            transaction.add(1, to: "a", ceiling: 1)
            let receipt = try await probe.store.commit(transaction)
            try LawBreach.unlessEqual(receipt.versions.map(\.value), [Int64(event)], "the version in the receipt")
            try LawBreach.unlessEqual(receipt.counters, [1], "the counter in the receipt")
        }
    }

    /// A query or a page of one namespace gives nothing of another, wherever it begins.
    public static let queriesAreApart = NamespaceLaw(
        "namespace.queries",
        "Queries and pages of the feed give what belongs to their namespace, in pages of any size, and all of it."
    ) { pair, history in
        let (mine, other) = pair.probes(history)
        for round in 0..<6 {
            for (number, probe) in [mine, other].enumerated() {
                let key = DocumentKey("law", TextKey(EventID(bits: UInt128(2 * round + number))))
                try await probe.write(key, entries: [IndexEntry("i", .integer(Int64(round)))])
                try await probe.append(1, to: StreamID("law", TextKey(EventID(bits: UInt128(number)))))
            }
        }
        for (number, probe) in [mine, other].enumerated() {
            let expected = (0..<6).map { "\(EventID(bits: UInt128(2 * $0 + number)))" }
            for limit in 1...7 {
                let indexed = try await probe.documents(.indexed("law", by: "i", limit: limit))
                try LawBreach.unlessEqual(indexed, expected, "the documents by the index")
                let all = try await probe.documents(.all(of: "law", limit: limit))
                try LawBreach.unlessEqual(all, expected, "the documents by id")
                let versions = try await probe.feed(limit: limit).map(\.version.value)
                try LawBreach.unlessEqual(versions, Array(1...6), "the versions on the feed")
            }
        }
    }
}

extension NamespacePair {
    fileprivate func probes(_ history: LawHistory) -> (StoreProbe, StoreProbe) {
        (StoreProbe(first, history: history, seed: 1), StoreProbe(second, history: history, seed: 2))
    }
}
