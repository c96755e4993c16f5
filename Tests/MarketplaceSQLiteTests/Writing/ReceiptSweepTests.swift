#if SQLite
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Testing
@testable import MarketplaceSQLite

struct ReceiptSweepTests {
    private let key = DocumentKey("own", "a")

    @Test func anIdIsForgottenAfterItsTimeAndItsRowToo() async throws {
        let clock = ManualClock()
        let folder = try TemporaryFolder()
        var configuration = SQLiteConfiguration.quick
        configuration.receiptRetention = .seconds(60)
        let database = try await SQLiteDatabase(
            opening: .file(folder.path()),
            configuration: configuration,
            wallClock: clock.wall,
            clock: clock
        )
        let store = database.store(namespace: "own")
        let identifiers = SeededIdentifiers(seed: 1)
        var first = Transaction(id: identifiers.next(), time: .epoch)
        first.add(1, to: "a")
        first.write(DocumentWrite(key, body: [1], expecting: .absent))
        _ = try await store.commit(first)
        var deletion = Transaction(id: identifiers.next(), time: .epoch)
        deletion.delete(key)
        _ = try await store.commit(deletion)
        clock.advance(by: .seconds(59))
        #expect(try await store.commit(first).counters == [1])
        #expect(try await store.document(key) == nil)
        clock.advance(by: .seconds(1))
        #expect(try await store.commit(first).counters == [2])
        #expect(try await store.document(key)?.body == [1], "a forgotten id is as good as a new one")
        #expect(try await store.commit(first).counters == [2], "and remembered anew")
        for _ in 0..<(SQLiteBatch.sweepInterval * 3) {
            var next = Transaction(id: identifiers.next(), time: .epoch)
            next.add(1, to: "a")
            _ = try await store.commit(next)
            clock.advance(by: .seconds(10))
        }
        let handle = try SQLiteHandle(uri: SQLiteLocation.file(folder.path()).uri, flags: 1)
        let statement = try SQLiteStatement("select count(*) from marketplace_receipt", on: handle)
        #expect(try statement.step())
        #expect(statement.integer(0) <= SQLiteBatch.sweepInterval + 7)
    }
}
#endif
