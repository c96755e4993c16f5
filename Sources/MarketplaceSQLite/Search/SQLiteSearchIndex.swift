#if SQLite
public import MarketplaceCore
public import MarketplaceStorage

/// A search index in a file of SQLite, on FTS5, beside the stores of the file.
///
/// Updates of tasks that arrive together, and the commits of stores, share one transaction and one sync; searches are
/// reads beside them. Hits are counted up to ``SearchLimits/countedHits``; facets are counted hit by hit, which takes a
/// second or so for a million of them.
public struct SQLiteSearchIndex: SearchIndex {
    private let database: SQLiteDatabase
    private let name: StoreNamespace

    init(database: SQLiteDatabase, namespace: StoreNamespace) {
        self.database = database
        name = namespace
    }

    /// Puts and deletes documents, all of them or none; see ``SearchIndex/update(_:)``.
    public func update(_ changes: [SearchChange]) async throws(SearchError) {
        let checked = try SearchChange.check(changes)
        guard !checked.isEmpty else { return }
        let name = name
        do throws(StoreError) {
            try await database.queue.write(parts: checked.count) { batch throws(SQLiteFailure) in
                let namespace = try batch.namespace(name).id
                try SQLiteSearchWriting(session: batch.session, namespace: namespace).apply(checked)
            }
        } catch {
            throw SearchError(error)
        }
    }

    /// Finds one page of documents; see ``SearchIndex/find(_:)``.
    public func find(_ query: SearchQuery) async throws(SearchError) -> SearchResult {
        let plan = try SearchPlan(query)
        let name = name
        do throws(StoreError) {
            return try await database.pool.read { session throws(SQLiteFailure) in
                try SQLiteSearchReading(session: session, namespace: name, plan: plan).result()
            }
        } catch {
            throw SearchError(error)
        }
    }
}

extension SQLiteDatabase {
    /// The search index of a namespace, which is empty until somebody updates it.
    public func searchIndex(namespace: StoreNamespace) -> SQLiteSearchIndex {
        SQLiteSearchIndex(database: self, namespace: namespace)
    }
}
#endif
