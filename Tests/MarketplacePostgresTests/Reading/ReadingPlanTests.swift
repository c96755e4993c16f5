#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplacePostgres

/// How the server goes about the reads that would otherwise grow with the database.
@Suite(.serialized, .enabled(if: PrivateServer.address != nil, "it needs a private server: Tests/run --only postgres"))
struct ReadingPlanTests {
    private static let count = 5_000
    private let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())

    /// How many rows a statement reads and throws away, and what it reads from end to end.
    private func plan(
        _ statement: PostgresStatement,
        after settings: [PostgresStatement] = []
    ) async throws -> (discarded: Int, text: String) {
        let explained = [
            PostgresStatement("explain (analyze, timing off) \(statement.sql)", values: statement.values),
            PostgresStatement("rollback"),
        ]
        let statements = [PostgresStatement("begin")] + settings + explained
        let rows = try await TestDatabase.pool.get().run(statements)[statements.count - 2]
        var (discarded, text, node) = (0, "", "")
        for row in 0..<rows.count {
            let line = try rows.text(0, of: row)
            text += line + "\n"
            if line.contains(" on marketplace_") { node = line }
            // How many namespaces other tests have made is nothing that a read could grow with.
            guard !node.contains("marketplace_namespace"),
                let range = line.firstRange(of: "Rows Removed by Filter: ")
            else { continue }
            discarded += Int(line[range.upperBound...].prefix(while: \.isNumber)) ?? 0
        }
        return (discarded, text)
    }

    private func commit(to store: PostgresStore, _ build: (Int, inout Transaction) -> Void) async throws {
        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        for number in 0..<Self.count { build(number, &transaction) }
        _ = try await store.commit(transaction)
        _ = try await TestDatabase.pool.get().run("analyze")
    }

    @Test func whetherTheFeedIsHeldIsToldWithoutReadingIt() async throws {
        let database = try await TestDatabase()
        try await commit(to: database.store) { number, transaction in
            let draft = EventDraft(id: identifiers.next(), name: "Sold", payload: [])
            transaction.append([draft], to: StreamID("s", TextKey(unchecked: "\(number)")), expecting: .none)
        }
        let reading = PostgresReading(namespace: database.namespace)
        let statements = reading.feed(after: .start, matching: .all, limit: 10)
        let plan = try await plan(statements[1])
        #expect(!plan.text.contains("Seq Scan on marketplace_event"), "\(plan.text)")
        #expect(plan.discarded < 100, "\(plan.text)")
    }

    @Test(arguments: [false, true])
    func aPageAmongManyOfOneValueDoesNotReadThoseBeforeIt(_ isDescending: Bool) async throws {
        let database = try await TestDatabase()
        try await commit(to: database.store) { number, transaction in
            transaction.write(
                DocumentWrite(
                    DocumentKey("d", TextKey(unchecked: "\(100_000 + number)")),
                    body: [],
                    indexEntries: [IndexEntry("status", .text("open"))]
                )
            )
        }
        let all = DocumentQuery.indexed(
            "d",
            by: "status",
            prefix: [.text("open")],
            descending: isDescending,
            limit: 10
        )
        let middle = 100_000 + Self.count / 2
        let cursor = DocumentCursor(values: [.text("open")], id: TextKey(unchecked: "\(middle)"))
        let query = all.continued(from: cursor)
        let reading = PostgresReading(namespace: database.namespace)
        let plan = try await plan(reading.documents(matching: query), after: [PostgresLocking.readSettings])
        #expect(plan.discarded < 100, "\(plan.text)")
        let page = try await database.store.documents(matching: query)
        let expected = (1...10).map { "\(isDescending ? middle - $0 : middle + $0)" }
        #expect(page.documents.map(\.key.id.text) == expected)
    }
}
#endif
