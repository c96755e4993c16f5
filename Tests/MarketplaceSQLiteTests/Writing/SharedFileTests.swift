#if SQLite
import MarketplaceCore
import MarketplaceSQLite
import MarketplaceStorage
import Testing

/// Several databases of one process stand for several processes: they share nothing but the file.
struct SharedFileTests {
    private func open(_ folder: TemporaryFolder) async throws -> SQLiteStore {
        try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick).store(namespace: "own")
    }

    @Test func aBoundHoldsAcrossProcesses() async throws {
        let folder = try TemporaryFolder()
        let identifiers = TimeOrderedIdentifiers(clock: SystemWallClock())
        let granted = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                let store = try await open(folder)
                group.addTask {
                    var granted = 0
                    for _ in 0..<60 {
                        var transaction = Transaction(id: identifiers.next(), time: .epoch)
                        transaction.add(1, to: "sold", ceiling: 100)
                        do throws(StoreError) {
                            _ = try await store.commit(transaction)
                            granted += 1
                        } catch {
                            guard case .conflict(.counterBound) = error else { throw error }
                        }
                    }
                    return granted
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(granted == 100)
        #expect(try await open(folder).counter("sold") == 100)
    }

    @Test func aReaderIsToldOfTheCommitsOfOthers() async throws {
        let folder = try TemporaryFolder()
        let (reader, writer) = (try await open(folder), try await open(folder))
        async let woken: Void = reader.waitForChange(after: .start, atMost: .seconds(60))
        let sales = Sales(store: writer)
        _ = try await writer.commit(sales.sale(1))
        await woken
        #expect(try await reader.events(after: .start, matching: .all, limit: 9).events.count == 1)
    }
}
#endif
