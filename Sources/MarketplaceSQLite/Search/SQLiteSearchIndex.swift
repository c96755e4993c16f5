#if SQLite
public import MarketplaceCore
public import MarketplaceStorage

/// A search index in a file of SQLite, on FTS5, beside the stores of the file.
///
/// Updates of tasks that arrive together, and the commits of stores, share one transaction and one sync; searches are
/// reads beside them. Hits are counted up to ``SearchLimits/countedHits``; facets are counted hit by hit, which takes a
/// second or so for a million of them.
///
/// Its tables are made by the first update. A SQLite without FTS5 keeps stores but no index: then an update fails with
/// ``SearchError/Code/sqliteWithoutFTS5``, and so does a search of an index that another SQLite has made.
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
            throw SearchError(sqlite: error)
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
            throw SearchError(sqlite: error)
        }
    }
}

extension SearchError.Code {
    /// The library of SQLite was built without FTS5.
    public static let sqliteWithoutFTS5 = SearchError.Code("sqlite: no FTS5")
}

extension SearchError {
    /// What an error of the file says about its index.
    fileprivate init(sqlite error: StoreError) {
        if case .notApplied(let failure) = error, failure.code == .sqliteWithoutFTS5 {
            self.init(.sqliteWithoutFTS5, failure.message, isRetriable: false)
        } else {
            self.init(error)
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
