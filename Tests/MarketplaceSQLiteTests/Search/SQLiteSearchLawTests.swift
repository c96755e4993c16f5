#if SQLite
import CMarketplaceSQLite
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Testing
@testable import MarketplaceSQLite

struct SQLiteSearchLawTests {
    private func makeSite() async throws -> SearchSite {
        let database = try await TestDatabase()
        let index = TestSearchIndex(database)
        return SearchSite(index, other: TestSearchIndex(database, "other")) {
            // Another process has another connection to the same file.
            let later = try await SQLiteDatabase(opening: .file(database.folder.path()), configuration: .quick)
            return TestSearchIndex(index: later.searchIndex(namespace: "own"), database: database)
        }
    }

    @Test(arguments: SearchLaws.all)
    func everyLawOfSearchHolds(_ law: SearchLaw) async throws {
        try await law.check { try await makeSite() }
    }

    @Test func theIndexMatchesTheModelForSeveralSeeds() async throws {
        for seed in 0..<4 as Range<UInt64> {
            try await SearchLawSeed.$value.withValue(seed) {
                try await SearchLaws.modelIsMatched.check { try await makeSite() }
            }
        }
    }

    @Test func anIndexOfMemoryAloneIsSearched() async throws {
        let database = try await SQLiteDatabase(opening: .memory, configuration: .quick)
        let index = database.searchIndex(namespace: "own")
        try await index.update([.put(SearchDocument("a", revision: .init(1), title: "word"))])
        #expect(try await index.find(SearchQuery("word")).hits == [SearchHit("a", score: SearchScore(64))])
    }

    @Test func aSQLiteWithoutFTS5KeepsStoresAndSaysWhatIsMissingForSearch() async throws {
        let database = try await TestDatabase()
        // The connection forgets all its modules, as if the library had been built without them.
        _ = try await database.database.writer.perform { session in
            unsafe sqlite3_drop_modules(session.handle.pointer, nil)
        }
        let store = database.database.store(namespace: "own")
        var transaction = Transaction(id: TransactionID(bits: 1), time: .epoch)
        transaction.add(1, to: "sold")
        _ = try await store.commit(transaction)
        let index = database.database.searchIndex(namespace: "own")
        let error = await #expect(throws: SearchError.self) {
            try await index.update([.put(SearchDocument("a", revision: .init(1), title: "word"))])
        }
        #expect(error?.code == .sqliteWithoutFTS5)
        #expect(error?.isRetriable == false && error?.effect == .refused)
        #expect(try await store.counter("sold") == 1)
        #expect(try await index.find(SearchQuery("word")).hits.isEmpty)
    }

    @Test func hitsAreCountedUpToTheBound() async throws {
        let database = try await TestDatabase()
        let index = TestSearchIndex(database)
        for batch in 0..<11 {
            let changes = (0..<SearchLimits.changes).map { number in
                SearchChange.put(
                    SearchDocument(SearchKey(unchecked: "\(batch * 1_000 + number)"), revision: .init(1), title: "w")
                )
            }
            try await index.update(changes)
            let count = (batch + 1) * SearchLimits.changes
            let isCounted = count <= SearchLimits.countedHits
            let total = try await index.find(SearchQuery("w", limit: 1)).total
            #expect(total == (isCounted ? .exactly(count) : .atLeast(SearchLimits.countedHits)))
        }
    }
}

/// An index that keeps its folder for as long as it is used.
struct TestSearchIndex: SearchIndex {
    let index: SQLiteSearchIndex
    let database: TestDatabase

    init(_ database: TestDatabase, _ namespace: StoreNamespace = "own") {
        self.init(index: database.database.searchIndex(namespace: namespace), database: database)
    }

    init(index: SQLiteSearchIndex, database: TestDatabase) {
        self.index = index
        self.database = database
    }

    func update(_ changes: [SearchChange]) async throws(SearchError) { try await index.update(changes) }

    func find(_ query: SearchQuery) async throws(SearchError) -> SearchResult { try await index.find(query) }
}
#endif
