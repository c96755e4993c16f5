#if SQLite
import Foundation
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplaceSQLite

struct MigrationTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private var file: SQLFile { SQLFile(path: folder.path()) }
    private var location: SQLiteLocation { .file(folder.path()) }

    private func open() async throws -> SQLiteDatabase {
        try await SQLiteDatabase(opening: location, configuration: .quick)
    }

    /// The mark, the version and all tables, indexes and views of a file.
    private func form(of file: SQLFile) throws -> [String] {
        try file.lines("pragma application_id") + file.lines("pragma user_version")
            + file.lines("select type, name, sql from sqlite_schema order by name")
    }

    /// A file as the first step alone leaves it, with so many sales.
    private func makeFileOfTheFirstStep(sales count: Int) async throws {
        let first = try #require(SQLiteMigrations.all.first)
        try file.execute(first.script)
        let form = try form(of: file)
        let database = try await open()
        let sales = Sales(store: database.store(namespace: "own"))
        for number in 0..<count { _ = try await sales.store.commit(sales.sale(number)) }
        await database.close()
        // Taken back to what it was before, its rows apart.
        for view in try file.lines("select name from sqlite_schema where type = 'view'") {
            try file.execute("drop view \(view)")
        }
        try file.execute("pragma user_version = \(first.version)")
        #expect(try self.form(of: file) == form)
    }

    @Test func theStepsOfAGenerationAreInOrder() {
        let versions = SQLiteMigrations.all.map(\.version)
        #expect(versions == (0..<Int64(versions.count)).map { 1_000 + $0 })
        #expect(SQLiteMigrations.latest == versions.last)
        #expect(Set(SQLiteMigrations.all.map(\.name)).count == versions.count)
    }

    @Test func aFileOfTheFirstStepKeepsItsDataAndGetsTheViews() async throws {
        try await makeFileOfTheFirstStep(sales: 30)
        #expect(throws: SQLiteFailure.self) { try file.lines("select count(*) from marketplace_events") }
        let database = try await open()
        #expect(try file.lines("select count(*) from marketplace_events") == ["30"])
        let sales = Sales(store: database.store(namespace: "own"))
        _ = try await sales.store.commit(sales.sale(30))
        #expect(try await sales.counts() == [31, 31, 31, 31, 31])
        #expect(try await SQLiteMigrations.version(of: location) == SQLiteMigrations.latest)
    }

    @Test func manyThatOpenAnEarlierFileAtOnceAgree() async throws {
        try await makeFileOfTheFirstStep(sales: 10)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...8 {
                group.addTask {
                    if number.isMultiple(of: 4) { try await SQLiteMigrations.apply(to: location) }
                    let database = try await open()
                    let sales = Sales(store: database.store(namespace: "own"))
                    for sale in 0..<5 { _ = try await sales.store.commit(sales.sale(number * 10 + sale)) }
                    await database.close()
                }
            }
            try await group.waitForAll()
        }
        let database = try await open()
        #expect(try await Sales(store: database.store(namespace: "own")).counts() == [50, 50, 50, 50, 50])
        #expect(try file.lines("select count(*) from marketplace_events") == ["50"])
    }

    @Test func aFileOfALaterStepIsUsedAsItIs() async throws {
        let database = try await open()
        // What a later release of this generation might add, while this one is at work.
        try file.execute(
            """
            alter table marketplace_event add column note text;
            alter table marketplace_document add column size integer not null default 0;
            create table marketplace_news (id integer primary key, text text not null) strict;
            create index marketplace_event_name on marketplace_event (namespace, name);
            drop view marketplace_stock;
            create view marketplace_stock as select 1 as sku;
            create view marketplace_later as select count(*) as events from marketplace_event;
            pragma user_version = \(SQLiteMigrations.latest + 1)
            """
        )
        let form = try form(of: file)
        let beside = try await open()
        for (number, database) in [database, beside, try await open()].enumerated() {
            let sales = Sales(store: database.store(namespace: "own"))
            _ = try await sales.store.commit(sales.sale(number))
            #expect(try await sales.counts() == Array(repeating: number + 1, count: 5))
        }
        #expect(try await SQLiteMigrations.apply(to: location).isEmpty)
        #expect(try await SQLiteMigrations.version(of: location) == SQLiteMigrations.latest + 1)
        #expect(try file.lines("select events from marketplace_later") == ["3"])
        #expect(try self.form(of: file) == form)
    }

    @Test func aFileOfALaterGenerationIsRefusedByEveryCallAndNotTouched() async throws {
        let later = SQLiteMigrations.latest + SQLiteSchema.stepsPerGeneration
        try await makeFileOfTheFirstStep(sales: 3)
        try file.execute("pragma user_version = \(later)")
        let before = try Data(contentsOf: URL(filePath: folder.path()))
        for call in 0..<3 {
            await #expect {
                switch call {
                case 0: _ = try await open()
                case 1: _ = try await SQLiteMigrations.apply(to: location)
                default: _ = try await SQLiteMigrations.version(of: location)
                }
            } throws: { error in
                (error as? SQLiteOpeningError)?.code == .newerSchema
            }
        }
        #expect(try Data(contentsOf: URL(filePath: folder.path())) == before)
    }

    @Test func aFileMadeByTheScriptIsTheSameAsOneMadeByOpening() async throws {
        let byHand = SQLFile(path: folder.path("by-hand.db"))
        try byHand.execute(SQLiteMigrations.script())
        await (try open()).close()
        #expect(try form(of: byHand) == form(of: file))
        let database = try await SQLiteDatabase(opening: .file(byHand.path), configuration: .quick)
        let sales = Sales(store: database.store(namespace: "own"))
        _ = try await sales.store.commit(sales.sale(1))
        #expect(try await sales.counts() == [1, 1, 1, 1, 1])
    }

    @Test func theTablesOfSearchThatThePrintedScriptMakesAreThoseOfTheFirstUpdate() async throws {
        let byHand = SQLFile(path: folder.path("by-hand.db"))
        try byHand.execute(SQLiteMigrations.script() + SQLiteMigrations.searchScript)
        let version = try byHand.lines("pragma user_version")
        try byHand.execute(SQLiteMigrations.searchScript)
        let database = try await open()
        #expect(try file.lines("select name from sqlite_schema where name like 'marketplace_search%'").isEmpty)
        let index = database.searchIndex(namespace: "own")
        #expect(try await index.find(SearchQuery("word")).hits.isEmpty)
        try await index.update([.put(SearchDocument("a", revision: .init(1), title: "word"))])
        #expect(try await index.find(SearchQuery("word")).hits.count == 1)
        await database.close()
        #expect(try form(of: byHand) == form(of: file))
        #expect(try byHand.lines("pragma user_version") == version)
    }

    @Test func theScriptBehindAVersionIsTheRest() async throws {
        try await makeFileOfTheFirstStep(sales: 2)
        let version = try #require(try await SQLiteMigrations.version(of: location))
        #expect(version == SQLiteMigrations.all.first?.version)
        try file.execute(SQLiteMigrations.script(after: version))
        let after = try form(of: file)
        #expect(try await SQLiteMigrations.apply(to: location).isEmpty)
        #expect(try form(of: file) == after)
        #expect(SQLiteMigrations.script(after: SQLiteMigrations.latest).isEmpty)
    }

    @Test func whatWasMissingIsTold() async throws {
        #expect(try await SQLiteMigrations.version(of: location) == nil)
        #expect(!FileManager.default.fileExists(atPath: folder.path()), "to look is not to make")
        #expect(try await SQLiteMigrations.apply(to: location) == SQLiteMigrations.all)
        #expect(try await SQLiteMigrations.version(of: location) == SQLiteMigrations.latest)
        #expect(try await SQLiteMigrations.apply(to: location).isEmpty)
        try Data().write(to: URL(filePath: folder.path("empty.db")))
        #expect(try await SQLiteMigrations.version(of: .file(folder.path("empty.db"))) == nil)
    }

    @Test func aFileOfSomebodyElseHasNoVersion() async throws {
        try file.execute("create table theirs (a); pragma user_version = 1000")
        await #expect { try await SQLiteMigrations.version(of: location) } throws: { error in
            (error as? SQLiteOpeningError)?.code == .foreignDatabase
        }
        try Data("This is a letter to the editor.".utf8).write(to: URL(filePath: folder.path("letter")))
        await #expect { try await SQLiteMigrations.version(of: .file(folder.path("letter"))) } throws: { error in
            (error as? SQLiteOpeningError)?.code == .notADatabase
        }
    }
}
#endif
