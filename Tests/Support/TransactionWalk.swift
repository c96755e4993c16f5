public import MarketplaceCore
public import MarketplaceStorage

/// Makes batches of transactions that get in each other's way: few keys, versions and bounds that are met or not, and
/// ids that occur again with the same content or with other.
public struct TransactionWalk {
    /// The streams of which events are appended and trimmed; one is a journal.
    public static let streams = [StreamID("s", "a"), StreamID("s", "b"), StreamID("$s", "c")]
    /// The documents that are written and deleted.
    public static let documents = ["a", "b", "c", "d"].map { DocumentKey("d", TextKey(unchecked: $0)) }
    /// The counters that are added to and deleted.
    public static let counters: [CounterKey] = ["x", "y"]

    private var random: SeededGenerator
    private let identifiers: SeededIdentifiers
    private var earlier: [Transaction] = []

    /// A walk that follows from a seed.
    public init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
        identifiers = SeededIdentifiers(seed: seed)
    }

    /// The next batch.
    public mutating func batch() -> [Transaction] {
        (0..<Int.random(in: 1...12, using: &random)).map { _ in
            var transaction = Transaction(
                id: chance(10) ? earlier.randomElement(using: &random)?.id ?? identifiers.next() : identifiers.next(),
                time: .epoch,
                isRemembered: !chance(8)
            )
            if chance(12), let again = earlier.randomElement(using: &random) { return again }
            addStreams(to: &transaction)
            if chance(3) { addNewDocument(to: &transaction) } else { addDocuments(to: &transaction) }
            addCounters(to: &transaction)
            earlier.append(transaction)
            return transaction
        }
    }

    /// True once in so many times.
    private mutating func chance(_ times: Int) -> Bool { Int.random(in: 0..<times, using: &random) == 0 }

    private mutating func addStreams(to transaction: inout Transaction) {
        for stream in Self.streams where chance(4) {
            let version = StreamVersion(Int64.random(in: 0...4, using: &random))
            if chance(8) { transaction.require(.stream(stream, at: version)) }
            let isWhole = chance(5)
            if !isWhole, !chance(3) {
                let drafts = (0..<Int.random(in: 1...3, using: &random)).map { _ in
                    EventDraft(id: identifiers.next(), name: "e", payload: [])
                }
                transaction.append(drafts, to: stream, expecting: chance(5) ? .exactly(version) : .any)
            }
            if isWhole {
                transaction.trim(.whole(stream))
            } else if chance(3) {
                transaction.trim(.before(version, of: stream))
            }
        }
    }

    /// The one document of a transaction, as of an order: it must be new.
    private mutating func addNewDocument(to transaction: inout Transaction) {
        let key = Self.documents[Int.random(in: 0..<Self.documents.count, using: &random)]
        let body = [UInt8.random(in: 0...255, using: &random)]
        let entry = IndexEntry("i", .integer(Int64.random(in: 0...2, using: &random)))
        transaction.write(DocumentWrite(key, body: body, expecting: .absent, indexEntries: [entry]))
    }

    private mutating func addDocuments(to transaction: inout Transaction) {
        for key in Self.documents where chance(3) {
            if chance(10) { transaction.require(.document(key, at: nil)) }
            guard !chance(4) else {
                transaction.delete(key)
                continue
            }
            let long = String(repeating: "l", count: StoreLimits.textBytes)
            var entries: [IndexEntry] = []
            for name in ["i", "j"] where chance(2) {
                let number = IndexValue.integer(Int64.random(in: 0...2, using: &random))
                entries.append(
                    chance(4)
                        ? IndexEntry(name, values: [number] + Array(repeating: .text(long), count: 6))
                        : IndexEntry(name, number)
                )
            }
            let body = [UInt8.random(in: 0...255, using: &random)]
            let uniques = ["k", "l", "m"].filter { _ in chance(3) }.map { UniqueKey(unchecked: $0) }
            transaction.write(
                DocumentWrite(
                    key,
                    body: body,
                    expecting: chance(6) ? .absent : .any,
                    indexEntries: entries,
                    uniqueKeys: uniques
                )
            )
        }
    }

    private mutating func addCounters(to transaction: inout Transaction) {
        for key in Self.counters where chance(3) {
            if chance(4) {
                transaction.deleteCounter(key)
            } else {
                let delta = Int64.random(in: -2...3, using: &random)
                transaction.add(
                    delta,
                    to: key,
                    floor: chance(2) ? 0 : nil,
                    ceiling: chance(2) ? 4 : nil
                )
            }
        }
        if chance(6) {
            transaction.require(.fence("f", FencingToken(UInt64.random(in: 0...5, using: &random))))
        }
    }
}
