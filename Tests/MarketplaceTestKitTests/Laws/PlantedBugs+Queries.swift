import MarketplaceCore
import MarketplaceTestKit

@testable import MarketplaceStorage

extension PlantedBugs {
    static let queries: [PlantedBug<any Store>] = [
        PlantedBug(StoreLaws.idOrderIsBytewise, "all documents are found along an index") {
            AlteredStore.rewritingQueries { $0.index == nil ? $0.changing(index: "i") : $0 }
        },
        PlantedBug(StoreLaws.indexOrderIsByValues, "numbers are ordered as texts") {
            changingEntries { entry in
                let values = entry.values.map { value in
                    if case .integer(let number) = value { IndexValue.text("\(number)") } else { value }
                }
                return IndexEntry(entry.index, values: values)
            }
        },
        PlantedBug(StoreLaws.indexOrderIsByValues, "texts are ordered without their case") {
            changingEntries { entry in
                let values = entry.values.map { value in
                    if case .text(let text) = value { IndexValue.text(text.lowercased()) } else { value }
                }
                return IndexEntry(entry.index, values: values)
            }
        },
        PlantedBug(StoreLaws.prefixesSelect, "the last value of a prefix does not count") {
            AlteredStore.rewritingQueries { $0.changing(prefix: Array($0.prefix.dropLast())) }
        },
        PlantedBug(StoreLaws.boundsSelect, "the upper bound is left out") {
            AlteredStore.rewritingQueries { query in
                guard case .integer(let bound)? = query.upperBound else { return query }
                return query.changing(upperBound: .integer(bound - 1))
            }
        },
        PlantedBug(StoreLaws.boundsSelect, "a lower bound does not count") {
            AlteredStore.rewritingQueries { $0.changing(lowerBound: .some(nil)) }
        },
        PlantedBug(StoreLaws.descendingReverses, "descending is ascending") {
            AlteredStore.rewritingQueries { $0.changing(isDescending: false) }
        },
        PlantedBug(StoreLaws.descendingReverses, "ties stay in ascending order") {
            var store = AlteredStore()
            store.onQuery = { (query, base) async throws(StoreError) in
                let slice = try await base.documents(matching: query)
                guard query.isDescending else { return slice }
                let tied = slice.documents.sorted { left, right in
                    left.key.id.text.hasPrefix("b") && right.key.id.text.hasPrefix("b")
                        ? left.key.id < right.key.id : false
                }
                return DocumentSlice(documents: tied, next: slice.next)
            }
            return store
        },
        PlantedBug(StoreLaws.cursorsPage, "a cursor passes over equal values") {
            AlteredStore.rewritingQueries { query in
                guard let cursor = query.cursor else { return query }
                return query.continued(
                    from: DocumentCursor(values: cursor.values, id: query.isDescending ? "\u{1}" : "\u{10ffff}")
                )
            }
        },
        PlantedBug(StoreLaws.cursorsPage, "every full page has a cursor") {
            var store = AlteredStore()
            store.onQuery = { (query, base) async throws(StoreError) in
                let slice = try await base.documents(matching: query)
                guard slice.documents.count == query.limit, let last = slice.documents.last else { return slice }
                let end = DocumentCursor(values: [.integer(query.isDescending ? 0 : 1)], id: last.key.id)
                return DocumentSlice(documents: slice.documents, next: slice.next ?? end)
            }
            return store
        },
        PlantedBug(StoreLaws.entriesAreSeveral, "the last entry of an index replaces the others") {
            changingWrites { write in
                var last: [String: IndexEntry] = [:]
                for entry in write.indexEntries { last[entry.index] = entry }
                return write.changing(indexEntries: Array(last.values))
            }
        },
        PlantedBug(StoreLaws.rewritesReplaceEntries, "old entries stay") {
            let entries = Shared<[DocumentKey: [IndexEntry]]>([:])
            return changingWrites { write in
                let all = entries.withLock { entries in
                    entries[write.key, default: []] += write.indexEntries
                    return entries[write.key] ?? []
                }
                return write.changing(indexEntries: all)
            }
        },
        PlantedBug(StoreLaws.collectionsAreApart, "the case of a collection does not count") {
            let fold = { @Sendable (collection: DocumentCollection) in
                DocumentCollection(unchecked: collection.text.lowercased())
            }
            var store = changingWrites { $0.changing(key: DocumentKey(fold($0.key.collection), $0.key.id)) }
            store.onQuery = { (query, base) async throws(StoreError) in
                try await base.documents(matching: query.changing(collection: fold(query.collection)))
            }
            store.onLookup = { (key, base) async throws(StoreError) in
                try await base.document(DocumentKey(fold(key.collection), key.id))
            }
            return store
        },
        PlantedBug(StoreLaws.indexesAreApart, "the case of an index does not count") {
            var store = changingEntries { IndexEntry($0.index.lowercased(), values: $0.values) }
            store.onQuery = { (query, base) async throws(StoreError) in
                guard let index = query.index else { return try await base.documents(matching: query) }
                return try await base.documents(matching: query.changing(index: index.lowercased()))
            }
            return store
        },
        PlantedBug(StoreLaws.indexesAreApart, "an index without a name is the order of ids") {
            AlteredStore.rewritingQueries { $0.index == nil ? $0.changing(index: "") : $0 }
        },
    ]

    private static func changingWrites(
        _ change: @escaping @Sendable (DocumentWrite) -> DocumentWrite
    ) -> AlteredStore {
        AlteredStore.rewriting { $0.changing { $0.writes = $0.writes.map(change) } }
    }

    private static func changingEntries(_ change: @escaping @Sendable (IndexEntry) -> IndexEntry) -> AlteredStore {
        changingWrites { $0.changing(indexEntries: $0.indexEntries.map(change)) }
    }
}

extension DocumentQuery {
    /// This query with changed facts.
    fileprivate func changing(
        collection: DocumentCollection? = nil,
        index: String? = nil,
        prefix: [IndexValue]? = nil,
        lowerBound: IndexValue?? = nil,
        upperBound: IndexValue? = nil,
        isDescending: Bool? = nil
    ) -> DocumentQuery {
        let collection = collection ?? self.collection
        let query: DocumentQuery =
            if let index = index ?? self.index {
                .indexed(
                    collection,
                    by: index,
                    prefix: prefix ?? self.prefix,
                    atLeast: lowerBound ?? self.lowerBound,
                    atMost: upperBound ?? self.upperBound,
                    descending: isDescending ?? self.isDescending,
                    limit: limit
                )
            } else {
                .all(of: collection, limit: limit)
            }
        return cursor.map { query.continued(from: $0) } ?? query
    }
}
