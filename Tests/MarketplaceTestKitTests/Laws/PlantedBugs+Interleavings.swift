import MarketplaceCore
import MarketplaceTestKit

@testable import MarketplaceStorage

extension PlantedBugs {
    static let interleavings: [PlantedBug<any Store>] = [
        PlantedBug(StoreLaws.positionsAreNotReused, "the next position is one more than the highest there is") {
            numbering(.categories(["law", "$law"])) { $0 }
        },
        PlantedBug(StoreLaws.interleavingsKeepTheFeed, "an event can show up behind a reader") {
            // What every fifth transaction appends is passed over by the next two reads.
            let hidden = Shared<(commits: Int, reads: [TransactionID: Int])>((0, [:]))
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                hidden.withLock { hidden in
                    hidden.commits += 1
                    if hidden.commits.isMultiple(of: 5) { hidden.reads[transaction.id] = 2 }
                }
                return try await base.commit(transaction)
            }
            store.onFeedRead = { (position, filter, limit, base) async throws(StoreError) in
                let slice = try await base.events(after: position, matching: filter, limit: limit)
                let passedOver = hidden.withLock { hidden in
                    let ids = Set(hidden.reads.filter { $0.value > 0 }.keys)
                    for id in Set(slice.events.map(\.transaction)).intersection(ids) { hidden.reads[id]? -= 1 }
                    return ids
                }
                return FeedSlice(
                    events: slice.events.filter { !passedOver.contains($0.transaction) },
                    position: slice.position,
                    isCaughtUp: slice.isCaughtUp
                )
            }
            return store
        },
        PlantedBug(StoreLaws.interleavingsKeepTheFeed, "an event is there twice") {
            numbering(.all) { events in Array(events.prefix(20) + events.dropFirst(19)) }
        },
        PlantedBug(StoreLaws.interleavingsKeepTheFeed, "the events of a stream change places") {
            AlteredStore.changingPages { slice, _, _ in
                var events = slice.events
                for place in events.indices.dropLast() where events[place].stream == events[place + 1].stream {
                    let (first, second) = (events[place], events[place + 1])
                    events[place] = second.moved(to: Int(first.position.minor))
                    events[place + 1] = first.moved(to: Int(second.position.minor))
                    break
                }
                return FeedSlice(events: events, position: slice.position, isCaughtUp: slice.isCaughtUp)
            }
        },
        PlantedBug(StoreLaws.interleavingsKeepTheFeed, "a reader has caught up when its page is full") {
            AlteredStore.changingPages { slice, _, _ in
                FeedSlice(events: slice.events, position: slice.position, isCaughtUp: true)
            }
        },
        PlantedBug(StoreLaws.indexTextsAreBytes, "blanks at the end of a text do not count") {
            changingTexts { $0.hasSuffix(" ") ? String($0.dropLast()) : $0 }
        },
        PlantedBug(StoreLaws.indexTextsAreBytes, "texts are compared by canonical equivalence") {
            changingTexts { $0 == "\u{c5}" ? "\u{c5}" : $0 }
        },
        PlantedBug(StoreLaws.indexTextsAreBytes, "texts are cut to 255 bytes") {
            changingTexts { String($0.prefix(255)) }
        },
        PlantedBug(StoreLaws.severalEntriesArePaged, "a page has a document once, whatever its entries") {
            var store = AlteredStore()
            store.onQuery = { (query, base) async throws(StoreError) in
                let slice = try await base.documents(matching: query)
                var seen: Set<DocumentKey> = []
                return DocumentSlice(
                    documents: slice.documents.filter { seen.insert($0.key).inserted },
                    next: slice.next
                )
            }
            return store
        },
        PlantedBug(StoreLaws.pagesGoOnWhileOthersWrite, "a page begins after so many documents") {
            var store = AlteredStore()
            store.onQuery = { (query, base) async throws(StoreError) in
                let whole: DocumentQuery =
                    query.index.map {
                        .indexed(query.collection, by: $0, descending: query.isDescending, limit: 1_000)
                    } ?? .all(of: query.collection, limit: 1_000)
                let all = try await base.documents(matching: whole).documents
                let offset: Int = if case .integer(let count)? = query.cursor?.values.first { Int(count) } else { 0 }
                let page = Array(all.dropFirst(offset).prefix(query.limit))
                guard let last = page.last, offset + page.count < all.count else {
                    return DocumentSlice(documents: page, next: nil)
                }
                let next = DocumentCursor(values: [.integer(Int64(offset + page.count))], id: last.key.id)
                return DocumentSlice(documents: page, next: next)
            }
            return store
        },
    ]

    /// A store whose feed is made anew for every page: what there is, changed, and numbered from 1.
    private static func numbering(
        _ filter: EventFilter,
        _ change: @escaping @Sendable ([RecordedEvent]) -> [RecordedEvent]
    ) -> AlteredStore {
        let read = { @Sendable (base: any Store) async throws(StoreError) -> [RecordedEvent] in
            let slice = try await base.events(after: .start, matching: filter, limit: StoreLimits.pageSize)
            return change(slice.events).enumerated().map { $0.element.moved(to: $0.offset + 1) }
        }
        var store = AlteredStore()
        store.onCommit = { (transaction, base) async throws(StoreError) in
            let receipt = try await base.commit(transaction)
            return receipt.changing(position: try await read(base).last?.position ?? .start)
        }
        store.onFeedRead = { (position, _, limit, base) async throws(StoreError) in
            let rest = try await read(base).filter { $0.position > position }
            let events = Array(rest.prefix(limit))
            return FeedSlice(
                events: events,
                position: events.last?.position ?? position,
                isCaughtUp: events.count == rest.count
            )
        }
        return store
    }

    private static func changingTexts(_ change: @escaping @Sendable (String) -> String) -> AlteredStore {
        AlteredStore.rewriting { transaction in
            transaction.changing { parts in
                parts.writes = parts.writes.map { write in
                    write.changing(
                        indexEntries: write.indexEntries.map { entry in
                            let values = entry.values.map { value in
                                if case .text(let text) = value { IndexValue.text(change(text)) } else { value }
                            }
                            return IndexEntry(entry.index, values: values)
                        }
                    )
                }
            }
        }
    }
}
