#if SQLite
import MarketplaceCore
import MarketplaceSQLite
import MarketplaceStorage

/// Commits that touch a bit of everything, and the sums that must agree whatever was cut off.
struct Sales {
    static let stream = StreamID("sale", "a")

    let store: any Store
    let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())

    /// A transaction of one event, one document in an index, and a counter.
    func sale(_ number: Int) throws -> Transaction {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        let payload = Array(repeating: UInt8(truncatingIfNeeded: number), count: 700)
        transaction.append(
            [EventDraft(id: identifiers.next(), name: "Sold", payload: payload)],
            to: Self.stream,
            expecting: .any
        )
        transaction.write(
            DocumentWrite(
                DocumentKey("sales", try TextKey("\(number)")),
                body: payload,
                indexEntries: [IndexEntry("by-number", .integer(Int64(number)))]
            )
        )
        transaction.add(1, to: "sold")
        return transaction
    }

    /// How many sales each of the ways to count finds: events, feed, documents, index entries, counter.
    func counts() async throws -> [Int] {
        let events = try await store.events(in: Self.stream, from: .first, limit: StoreLimits.pageSize)
        let feed = try await store.events(after: .start, matching: .all, limit: StoreLimits.pageSize)
        let all = try await store.documents(matching: .all(of: "sales", limit: StoreLimits.pageSize))
        let indexed = try await store.documents(
            matching: .indexed("sales", by: "by-number", limit: StoreLimits.pageSize)
        )
        let sold = try await store.counter("sold")
        return [events.count, feed.events.count, all.documents.count, indexed.documents.count, Int(sold)]
    }
}
#endif
