public import MarketplaceCore
public import MarketplaceStorage

/// A search index in a database of PostgreSQL, on its full-text search, beside the stores of the database.
///
/// An update is a transaction of two round trips. Hits are counted up to ``SearchLimits/countedHits``; facets are counted
/// hit by hit, which takes a second or so for a million of them. No text search configuration, dictionary or extension
/// of the server plays a part, so that every server finds the same.
public struct PostgresSearchIndex: SearchIndex {
    private let database: PostgresDatabase
    private let name: StoreNamespace

    init(database: PostgresDatabase, namespace: StoreNamespace) {
        self.database = database
        name = namespace
    }

    /// Puts and deletes documents, all of them or none; see ``SearchIndex/update(_:)``.
    public func update(_ changes: [SearchChange]) async throws(SearchError) {
        let writing = PostgresSearchWriting(try SearchChange.check(changes))
        guard !writing.changes.isEmpty else { return }
        let name = name
        let ending = await database.transactions.run { session throws(PostgresFailure) in
            try await database.transactions.registry.number(of: name, with: session)
        } opening: { namespace in
            writing.opening(namespace)
        } decide: { namespace, rows throws(PostgresFailure) in
            PostgresDecision(value: (), statements: try writing.statements(namespace, rows))
        }
        switch ending {
        case .told: return
        case .notApplied(let failure): throw SearchError(.notApplied(failure.storeFailure))
        case .unknown(let failure): throw SearchError(.unknown(failure.storeFailure))
        }
    }

    /// Finds one page of documents; see ``SearchIndex/find(_:)``.
    public func find(_ query: SearchQuery) async throws(SearchError) -> SearchResult {
        let plan = try SearchPlan(query)
        do throws(StoreError) {
            return try await find(plan)
        } catch {
            throw SearchError(error)
        }
    }

    private func find(_ plan: SearchPlan) async throws(StoreError) -> SearchResult {
        let none = Dictionary(uniqueKeysWithValues: plan.facets.map { ($0, [FacetCount]()) })
        let empty = SearchResult(hits: [], total: .exactly(0), facets: none)
        guard plan.ranges != nil else { return empty }
        // Numbers of names never change, so that they need not be of the same snapshot.
        let numbers = PostgresSearchNumbers(of: plan)
        let known = try await database.read(short: numbers.statement(in: name))
        do throws(PostgresFailure) {
            guard let reading = PostgresSearchReading(plan, try numbers.known(known)) else { return empty }
            let statements = reading.statements()
            let rows = try await Self.rows(database, statements)
            return try reading.result(rows)
        } catch {
            throw .notApplied(error.storeFailure)
        }
    }

    /// Runs the statements in one snapshot, and returns the rows of each.
    private static func rows(
        _ database: PostgresDatabase,
        _ statements: [PostgresStatement]
    ) async throws(PostgresFailure) -> [PostgresRows] {
        let start = [
            PostgresReading.beginReading,
            PostgresStatement("select set_config('jit', 'off', true)", name: "marketplace_search_settings"),
        ]
        let rows = try await database.sessions.withSession { session throws(PostgresFailure) in
            do throws(PostgresFailure) {
                return try await session.run(start + statements + [PostgresWriter.commit])
            } catch {
                if error.isOfServer { _ = try? await session.run([PostgresWriter.rollback]) }
                throw error
            }
        }
        guard rows.count == start.count + statements.count + 1 else {
            throw PostgresFailure(.unreadable, "no answer to a statement")
        }
        return Array(rows[start.count..<(rows.count - 1)])
    }
}

extension PostgresDatabase {
    /// The search index of a namespace, which is empty until somebody updates it.
    public func searchIndex(namespace: StoreNamespace) -> PostgresSearchIndex {
        PostgresSearchIndex(database: self, namespace: namespace)
    }
}
