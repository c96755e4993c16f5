#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplacePostgres

@Suite(.serialized, .onPrivateServer)
struct MigrationTests {
    private static let reader = PostgresConfiguration(migrates: false)

    /// All tables, columns, indexes, views and functions, and the steps that were taken.
    private func form(of sql: SQLDatabase) async throws -> [String] {
        var form = try await sql.lines(
            """
            select table_name, column_name, ordinal_position, data_type, is_nullable, collation_name, column_default
            from information_schema.columns where table_schema = 'public'
            """
        )
        form += try await sql.lines("select indexdef, '' from pg_indexes where schemaname = 'public'")
        form += try await sql.lines("select viewname, definition from pg_views where schemaname = 'public'")
        form += try await sql.lines(
            "select proname, prosrc from pg_proc where pronamespace = 'public'::regnamespace"
        )
        // Without a version that is not there, which no query may ask for.
        if form.contains(where: { $0.hasPrefix("marketplace_migration ") }) {
            form += try await sql.lines("select version, name from marketplace_migration")
        }
        return form.sorted()
    }

    private func commit(_ number: Int, to database: PostgresDatabase) async throws {
        var transaction = Transaction(id: TransactionID(bits: UInt128(number)), time: .epoch)
        transaction.add(1, to: "sold")
        _ = try await database.store(namespace: "own").commit(transaction)
    }

    private func sold(_ database: PostgresDatabase) async throws -> Int64? {
        try await database.store(namespace: "own").counters(["sold"])["sold"]
    }

    /// Runs a script as psql does, statement by statement.
    private func run(_ script: String, on sql: SQLDatabase) async throws {
        try await sql.pool.use { session in
            for statement in script.split(separator: ";\n") {
                _ = try await session.run(PostgresStatement(String(statement)))
            }
        }
    }

    private func refusal(_ body: () async throws -> Void) async -> PostgresOpeningError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? PostgresOpeningError)?.code
        }
    }

    @Test func theStepsOfAGenerationAreInOrder() {
        let versions = PostgresMigrations.all.map(\.version)
        #expect(versions == (0..<Int64(versions.count)).map { 1_000 + $0 })
        #expect(PostgresMigrations.latest == versions.last)
        #expect(Set(PostgresMigrations.all.map(\.name)).count == versions.count)
    }

    @Test func whatWasMissingIsTold() async throws {
        try await SQLDatabase.withEmpty { sql in
            #expect(try await PostgresMigrations.version(of: sql.pool) == nil)
            #expect(try await form(of: sql).isEmpty, "to look is not to make")
            #expect(try await PostgresMigrations.apply(to: sql.pool) == PostgresMigrations.all)
            #expect(try await PostgresMigrations.version(of: sql.pool) == PostgresMigrations.latest)
            let form = try await form(of: sql)
            #expect(try await PostgresMigrations.apply(to: sql.pool).isEmpty)
            #expect(try await self.form(of: sql) == form)
        }
    }

    @Test func manyThatOpenAnEmptyDatabaseAtOnceTakeEachStepOnce() async throws {
        try await SQLDatabase.withEmpty { sql in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...16 {
                    group.addTask {
                        let database = try await PostgresDatabase(opening: sql.pool)
                        try await commit(number, to: database)
                    }
                }
                try await group.waitForAll()
            }
            let steps = try await sql.lines("select version, name from marketplace_migration order by version")
            #expect(steps == PostgresMigrations.all.map { "\($0.version) \($0.name)" })
            #expect(try await sold(PostgresDatabase(opening: sql.pool, configuration: Self.reader)) == 16)
        }
    }

    @Test func aDatabaseMadeByTheScriptIsTheSameAsOneMadeByOpening() async throws {
        try await SQLDatabase.withEmpty { byHand in
            try await run(PostgresMigrations.script(), on: byHand)
            try await SQLDatabase.withEmpty { opened in
                _ = try await PostgresDatabase(opening: opened.pool)
                #expect(try await form(of: byHand) == form(of: opened))
            }
            let database = try await PostgresDatabase(opening: byHand.pool, configuration: Self.reader)
            try await commit(1, to: database)
            #expect(try await sold(database) == 1)
        }
    }

    @Test func aDatabaseOfAnyEarlierStepKeepsItsDataAndGetsTheRest() async throws {
        for step in PostgresMigrations.all.dropLast() {
            try await SQLDatabase.withEmpty { sql in
                let first = PostgresMigrations.all.filter { $0.version <= step.version }
                for migration in first { try await run(migration.script, on: sql) }
                _ = try await sql.pool.run("insert into marketplace_namespace (name) values ('own')")
                _ = try await sql.pool.run("insert into marketplace_counter values (1, 'sold', 7)")
                #expect(try await PostgresMigrations.version(of: sql.pool) == step.version)
                let refused = await refusal {
                    _ = try await PostgresDatabase(opening: sql.pool, configuration: Self.reader)
                }
                #expect(refused == .needsMigration)
                #expect(try await sold(PostgresDatabase(opening: sql.pool)) == 7)
                #expect(try await PostgresMigrations.version(of: sql.pool) == PostgresMigrations.latest)
            }
            try await SQLDatabase.withEmpty { sql in
                try await run(
                    PostgresMigrations.all.filter { $0.version <= step.version }.map(\.script).joined(),
                    on: sql
                )
                try await run(PostgresMigrations.script(after: step.version), on: sql)
                #expect(try await PostgresMigrations.apply(to: sql.pool).isEmpty)
            }
        }
        #expect(PostgresMigrations.script(after: PostgresMigrations.latest).isEmpty)
    }

    @Test func aDatabaseOfALaterStepIsUsedAsItIs() async throws {
        try await SQLDatabase.withEmpty { sql in
            let database = try await PostgresDatabase(opening: sql.pool)
            // What a later release of this generation might add, while this one is at work.
            for statement in [
                "alter table marketplace_event add column note text",
                "alter table marketplace_document add column size bigint not null default 0",
                "alter table marketplace_stock_level add column note text",
                "create table marketplace_news (id bigint primary key, text text not null)",
                "create index marketplace_event_name on marketplace_event (namespace, name)",
                "drop view marketplace_stock", "create view marketplace_stock as select 1 as sku",
                "insert into marketplace_migration values (\(PostgresMigrations.latest + 1), 'news')",
            ] { try await sql.execute(statement) }
            let form = try await form(of: sql)
            for (number, other) in [database, try await PostgresDatabase(opening: sql.pool)].enumerated() {
                try await commit(number + 1, to: other)
                #expect(try await sold(other) == Int64(number + 1))
            }
            #expect(try await PostgresMigrations.apply(to: sql.pool).isEmpty)
            #expect(try await self.form(of: sql) == form)
        }
    }

    @Test func aDatabaseOfALaterGenerationIsRefusedAndNotTouched() async throws {
        try await SQLDatabase.withEmpty { sql in
            try await PostgresMigrations.apply(to: sql.pool)
            try await sql.execute("insert into marketplace_migration values (2000, 'another world')")
            let form = try await form(of: sql)
            for migrates in [true, false] {
                let refused = await refusal {
                    _ = try await PostgresDatabase(
                        opening: sql.pool,
                        configuration: PostgresConfiguration(migrates: migrates)
                    )
                }
                #expect(refused == .newerSchema)
            }
            let looked = await refusal { _ = try await PostgresMigrations.version(of: sql.pool) }
            let applied = await refusal { try await PostgresMigrations.apply(to: sql.pool) }
            #expect(looked == .newerSchema && applied == .newerSchema)
            #expect(try await self.form(of: sql) == form)
        }
    }

    @Test func whoMayNotMigrateIsToldThatSomebodyMust() async throws {
        try await SQLDatabase.withEmpty { sql in
            let refused = await refusal {
                _ = try await PostgresDatabase(opening: sql.pool, configuration: Self.reader)
            }
            let form = try await form(of: sql)
            #expect(refused == .needsMigration && form.isEmpty)
        }
    }

    @Test func aStepThatFailsLeavesNothingBehind() async throws {
        try await SQLDatabase.withEmpty { sql in
            // In the way of the last step.
            try await sql.execute("create view marketplace_sagas as select 1 as one")
            let form = try await form(of: sql)
            let refused = await refusal { _ = try await PostgresDatabase(opening: sql.pool) }
            #expect(refused == .refused)
            #expect(try await self.form(of: sql) == form)
            try await sql.execute("drop view marketplace_sagas")
            #expect(try await PostgresMigrations.apply(to: sql.pool) == PostgresMigrations.all)
        }
    }
}
#endif
