#if SQLite
import CMarketplaceSQLite
import Foundation
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplaceSQLite

struct OpeningErrorTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    /// Opens the file, which is refused, and demands that every file of the folder is as it was.
    private func refusal(_ configuration: SQLiteConfiguration = .quick) async throws -> SQLiteOpeningError.Code? {
        let before = try contents()
        do throws(SQLiteOpeningError) {
            let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: configuration)
            await database.close()
            return nil
        } catch {
            #expect(error.path == folder.path())
            let after = try contents()
            #expect(after == before, "the file was touched")
            return error.code
        }
    }

    private func contents() throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path)
        // The index of the log in shared memory is no content: SQLite makes it anew whenever it likes.
        let pairs = try names.filter { !$0.hasSuffix("-shm") }.map { name in
            (name, try Data(contentsOf: folder.url.appending(path: name)))
        }
        return Dictionary(uniqueKeysWithValues: pairs.filter { !$0.0.hasSuffix("-wal") || !$0.1.isEmpty })
    }

    private func makeDatabase() async throws {
        let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
        let sales = Sales(store: database.store(namespace: "own"))
        for number in 0..<40 { _ = try await sales.store.commit(sales.sale(number)) }
        await database.close()
    }

    private func execute(_ sql: String) throws {
        let handle = try SQLiteHandle(
            uri: SQLiteLocation.file(folder.path()).uri,
            flags: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        )
        try handle.execute(sql)
    }

    @Test func aFileOfSomethingElseIsNotADatabase() async throws {
        try Data("This is a letter to the editor, and no database at all. ".utf8 + Data(count: 5_000))
            .write(to: URL(filePath: folder.path()))
        #expect(try await refusal() == .notADatabase)
    }

    @Test func aDatabaseOfSomebodyElseIsForeign() async throws {
        try execute("create table theirs (a)")
        #expect(try await refusal() == .foreignDatabase)
        try execute("pragma journal_mode = wal; insert into theirs values (1)")
        #expect(try await refusal() == .foreignDatabase)
        try execute("pragma application_id = 7")
        #expect(try await refusal() == .foreignDatabase)
    }

    @Test func aDatabaseOfANewerGenerationIsRefusedAndOfANewerStepIsNot() async throws {
        try await makeDatabase()
        try execute("pragma user_version = \(SQLiteSchema.version + 1)")
        #expect(try await refusal() == nil)
        try execute("pragma user_version = \(SQLiteSchema.version + SQLiteSchema.stepsPerGeneration)")
        #expect(try await refusal() == .newerSchema)
    }

    @Test func aDamagedDatabaseIsCorrupt() async throws {
        try await makeDatabase()
        let url = URL(filePath: folder.path())
        let sound = try Data(contentsOf: url)
        var damaged = sound
        for offset in stride(from: 4_096 * 2, to: damaged.count, by: 4_096) { damaged[offset] = 0xFF }
        try damaged.write(to: url)
        #expect(try await refusal() == .corrupt)
        try sound.prefix(sound.count / 2).write(to: url)
        #expect(try await refusal() == .corrupt)
    }

    @Test func aWriteProtectedDatabaseIsReadOnly() async throws {
        try await makeDatabase()
        try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: folder.path())
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: folder.path()) }
        // Nothing is write-protected for an administrator.
        guard !FileManager.default.isWritableFile(atPath: folder.path()) else { return }
        #expect(try await refusal() == .readOnly)
    }

    @Test func aLockedDatabaseIsLocked() async throws {
        try await makeDatabase()
        let handle = try SQLiteHandle(uri: SQLiteLocation.file(folder.path()).uri, flags: SQLITE_OPEN_READWRITE)
        try handle.execute("pragma locking_mode = exclusive; begin exclusive; select count(*) from marketplace_event")
        var configuration = SQLiteConfiguration.quick
        configuration.busyTimeout = .milliseconds(1)
        #expect(try await refusal(configuration) == .locked)
        try handle.execute("rollback")
    }

    @Test(arguments: ["", "a\0b", "missing/market.db"])
    func aFileThatCannotBeMadeCannotBeOpened(_ name: String) async throws {
        let path = name.contains("/") ? folder.path(name) : name
        await #expect(throws: SQLiteOpeningError.self) { try await SQLiteDatabase(opening: .file(path)) }
    }

    @Test(arguments: ["a?mode=memory", "a#b", "100%25.db", ":memory:", "é ü'\"--.db", "a%00b"])
    func everyNameOfAFileIsANameAndNothingElse(_ name: String) async throws {
        let path = folder.path() + name
        let database = try await SQLiteDatabase(opening: .file(path), configuration: .quick)
        await database.close()
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test func manyThatOpenANewFileAtOnceAgree() async throws {
        let path = folder.path()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let database = try await SQLiteDatabase(opening: .file(path), configuration: .quick)
                    let sales = Sales(store: database.store(namespace: "own"))
                    for sale in 0..<10 { _ = try await sales.store.commit(sales.sale(number * 10 + sale)) }
                }
            }
            try await group.waitForAll()
        }
        let database = try await SQLiteDatabase(opening: .file(path), configuration: .quick)
        let counts = try await Sales(store: database.store(namespace: "own")).counts()
        #expect(counts == [80, 80, 80, 80, 80])
    }
}
#endif
