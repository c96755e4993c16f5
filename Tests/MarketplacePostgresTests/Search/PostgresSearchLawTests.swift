#if LibPQ
import MarketplaceCore
import MarketplaceStorage
import MarketplaceTestKit
import Testing
@testable import MarketplacePostgres

@Suite(.onPrivateServer)
struct PostgresSearchLawTests {
    private func makeSite() async throws -> SearchSite {
        let database = try await TestDatabase()
        let namespace = database.namespace
        let other = try namespace.appending("other")
        return SearchSite(
            database.database.searchIndex(namespace: namespace),
            other: database.database.searchIndex(namespace: other)
        ) {
            // Another process has another connection and other memory.
            try await TestDatabase(namespace: namespace).database.searchIndex(namespace: namespace)
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

    @Test func hitsAreCountedUpToTheBound() async throws {
        let database = try await TestDatabase()
        let index = database.database.searchIndex(namespace: database.namespace)
        for batch in 0..<11 {
            let changes = (0..<SearchLimits.changes).map { number in
                SearchChange.put(
                    SearchDocument(SearchKey(unchecked: "\(batch * 1_000 + number)"), revision: .init(1), title: "w")
                )
            }
            try await index.update(changes)
        }
        #expect(try await index.find(SearchQuery("w", limit: 1)).total == .atLeast(SearchLimits.countedHits))
        #expect(try await index.find(SearchQuery("w x", limit: 1)).total == .exactly(0))
    }

    @Test func updatesInTheWayOfEachOtherAllEnd() async throws {
        let database = try await TestDatabase()
        let index = database.database.searchIndex(namespace: database.namespace)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<8 {
                group.addTask {
                    for round in 0..<10 {
                        let revision = DocumentRevision(Int64(round * 8 + writer))
                        let numbers = writer.isMultiple(of: 2) ? Array(0..<20) : (0..<20).reversed()
                        try await index.update(
                            numbers.map { number in
                                .put(
                                    SearchDocument(
                                        SearchKey(unchecked: "\(number)"),
                                        revision: revision,
                                        title: "r\(revision)",
                                        facets: ["f": [SearchValue(unchecked: "\((number + writer) % 20)/\(round)")]]
                                    )
                                )
                            }
                        )
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await index.find(SearchQuery("r79")).total == .exactly(20))
    }
}
#endif
