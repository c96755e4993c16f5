import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// The numbers of namespaces and indexes, which are given once and never change.
///
/// A batch needs them before its transaction begins, so new ones are written by statements of their own; one that
/// nothing follows does no harm.
final class PostgresRegistry: Sendable {
    /// An index of a collection of a namespace.
    struct Index: Hashable, Sendable {
        let namespace: Int64
        let collection: DocumentCollection
        let name: String

        /// Names are compared as bytes.
        static func == (lhs: Index, rhs: Index) -> Bool {
            lhs.namespace == rhs.namespace && lhs.collection == rhs.collection
                && lhs.name.isBytewiseEqual(to: rhs.name)
        }

        func hash(into hasher: inout Hasher) {
            hasher.combine(namespace)
            hasher.combine(collection)
            name.hashBytes(into: &hasher)
        }
    }

    /// The numbers that are known.
    struct Known: Sendable {
        /// The number of no row.
        static let none: Int64 = 0

        fileprivate(set) var namespaces: [StoreNamespace: Int64] = [:]
        fileprivate(set) var indexes: [Index: Int64] = [:]

        /// The number of a namespace.
        func namespace(_ name: StoreNamespace) -> Int64 { namespaces[name] ?? Self.none }

        /// The number of an index.
        func index(_ name: String, of collection: DocumentCollection, in namespace: Int64) -> Int64 {
            indexes[Index(namespace: namespace, collection: collection, name: name)] ?? Self.none
        }

        /// The indexes that requests of known namespaces need and that have no number here.
        fileprivate func missingIndexes(of requests: [GroupCommitRequest]) -> Set<Index> {
            var missing = Set<Index>()
            for request in requests {
                let namespace = namespace(request.namespace)
                for write in request.transaction.writes {
                    for entry in write.indexEntries {
                        let index = Index(namespace: namespace, collection: write.key.collection, name: entry.index)
                        if indexes[index] == nil { missing.insert(index) }
                    }
                }
            }
            return missing
        }
    }

    private let known = Mutex(Known())

    /// Everything that is known, with all that these requests need.
    func resolve(
        _ requests: [GroupCommitRequest],
        with session: any PostgresSession
    ) async throws(PostgresFailure) -> Known {
        var found = known.withLock { $0 }
        let namespaces = Set(requests.lazy.map(\.namespace).filter { found.namespaces[$0] == nil })
        if !namespaces.isEmpty {
            found = try await self.find(namespaces.sorted(), with: session)
        }
        let missing = found.missingIndexes(of: requests)
        return missing.isEmpty ? found : try await find(Array(missing), with: session)
    }

    /// Everything that is known, where it is all that these requests need; nil otherwise.
    func known(for requests: [GroupCommitRequest]) -> Known? {
        let known = known.withLock { $0 }
        guard requests.allSatisfy({ known.namespaces[$0.namespace] != nil }) else { return nil }
        return known.missingIndexes(of: requests).isEmpty ? known : nil
    }

    private func find(
        _ names: [StoreNamespace],
        with session: any PostgresSession
    ) async throws(PostgresFailure) -> Known {
        let texts = PostgresValue.texts(names.map(\.text))
        let rows = try await session.run([
            PostgresStatement(
                "insert into marketplace_namespace (name) select unnest($1::text[]) order by 1 on conflict do nothing",
                values: [texts]
            ),
            PostgresStatement(
                "select id, name from marketplace_namespace where name = any($1::text[])",
                values: [texts]
            ),
        ])
        var found: [(StoreNamespace, Int64)] = []
        guard let rows = rows.last else { throw PostgresFailure(.unreadable, "no answer to a statement") }
        for row in 0..<rows.count {
            found.append((TextKey(unchecked: try rows.text(1, of: row)), try rows.integer(0, of: row)))
        }
        return known.withLock { known in
            for (name, id) in found { known.namespaces[name] = id }
            return known
        }
    }

    private func find(
        _ indexes: [Index],
        with session: any PostgresSession
    ) async throws(PostgresFailure) -> Known {
        let values: [PostgresValue] = [
            .bigints(indexes.map(\.namespace)), .texts(indexes.map(\.collection.text)), .texts(indexes.map(\.name)),
        ]
        let wanted = "unnest($1::bigint[], $2::text[], $3::text[])"
        let rows = try await session.run([
            PostgresStatement(
                """
                insert into marketplace_index (namespace, collection, name) select * from \(wanted) order by 1, 2, 3 \
                on conflict do nothing
                """,
                values: values
            ),
            PostgresStatement(
                """
                select i.id, i.namespace, i.collection, i.name from \(wanted) as k(namespace, collection, name) join \
                marketplace_index i using (namespace, collection, name)
                """,
                values: values
            ),
        ])
        var found: [(Index, Int64)] = []
        guard let rows = rows.last else { throw PostgresFailure(.unreadable, "no answer to a statement") }
        for row in 0..<rows.count {
            let index = Index(
                namespace: try rows.integer(1, of: row),
                collection: TextKey(unchecked: try rows.text(2, of: row)),
                name: try rows.text(3, of: row)
            )
            found.append((index, try rows.integer(0, of: row)))
        }
        return known.withLock { known in
            for (index, id) in found { known.indexes[index] = id }
            return known
        }
    }
}
