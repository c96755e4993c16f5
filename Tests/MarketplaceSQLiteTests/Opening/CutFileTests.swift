#if SQLite
import Foundation
import MarketplaceCore
import MarketplaceStorage
import Testing
@testable import MarketplaceSQLite

/// A loss of power leaves a log of which the end is missing, or a file that a checkpoint had half written.
struct CutFileTests {
    private static let pageSize = 4_096
    private static let logHeader = 32
    private static let frameHeader = 24

    /// What a copy of the file and its log holds; nil when it is refused.
    private func counts(_ file: Data, _ log: Data?) async throws -> [Int]? {
        let folder = try TemporaryFolder()
        try file.write(to: URL(filePath: folder.path()))
        if let log { try log.write(to: URL(filePath: folder.path() + "-wal")) }
        let database: SQLiteDatabase
        do throws(SQLiteOpeningError) {
            database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
        } catch {
            #expect(error.code == .corrupt || error.code == .notADatabase, "\(error)")
            return nil
        }
        defer { withExtendedLifetime(folder) {} }
        let sales = Sales(store: database.store(namespace: "own"))
        let counts = try await sales.counts()
        // Whatever is left can be written on.
        _ = try await sales.store.commit(sales.sale(10_000))
        #expect(try await sales.counts() == counts.map { $0 + 1 })
        return counts
    }

    /// Everything counts to the same number.
    private func agreed(_ counts: [Int]) -> Int? { Set(counts).count == 1 ? counts.first : nil }

    @Test func aLogThatIsCutAnywhereGivesAPrefixOfWhatWasCommitted() async throws {
        let folder = try TemporaryFolder()
        let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
        let sales = Sales(store: database.store(namespace: "own"))
        let total = 12
        for number in 0..<total { _ = try await sales.store.commit(sales.sale(number)) }
        let file = try Data(contentsOf: URL(filePath: folder.path()))
        let log = try Data(contentsOf: URL(filePath: folder.path() + "-wal"))
        try #require(log.count > Self.pageSize * total)
        var last = 0
        for length in stride(from: Self.logHeader, through: log.count, by: (Self.pageSize + Self.frameHeader) / 2) {
            let counts = try #require(try await counts(file, log.prefix(length)))
            let number = try #require(agreed(counts), "\(length) bytes: \(counts)")
            #expect(number >= last)
            last = number
        }
        #expect(last == total)
        for length in 0..<Self.logHeader {
            #expect(try await counts(file, log.prefix(length)) == [0, 0, 0, 0, 0])
        }
        await database.close()
    }

    @Test func aFileThatIsCutAnywhereIsRefusedOrWhole() async throws {
        let folder = try TemporaryFolder()
        let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
        let sales = Sales(store: database.store(namespace: "own"))
        for number in 0..<12 { _ = try await sales.store.commit(sales.sale(number)) }
        await database.close()
        let file = try Data(contentsOf: URL(filePath: folder.path()))
        for length in stride(from: Self.pageSize / 2, to: file.count, by: Self.pageSize / 2) {
            #expect(try await counts(file.prefix(length), nil) == nil, "\(length) of \(file.count) bytes")
        }
        #expect(try await counts(file, nil) == [12, 12, 12, 12, 12])
    }

    @Test func aCheckpointThatWasCutIsDoneAgainFromTheLog() async throws {
        let folder = try TemporaryFolder()
        let database = try await SQLiteDatabase(opening: .file(folder.path()), configuration: .quick)
        let sales = Sales(store: database.store(namespace: "own"))
        for number in 0..<12 { _ = try await sales.store.commit(sales.sale(number)) }
        let before = try Data(contentsOf: URL(filePath: folder.path()))
        let log = try Data(contentsOf: URL(filePath: folder.path() + "-wal"))
        await database.close()
        let after = try Data(contentsOf: URL(filePath: folder.path()))
        for length in stride(from: 0, through: after.count, by: Self.pageSize / 2) {
            let half = after.prefix(length) + before.dropFirst(length)
            #expect(try await counts(Data(half), log) == [12, 12, 12, 12, 12], "\(length) of \(after.count) bytes")
        }
    }
}
#endif
