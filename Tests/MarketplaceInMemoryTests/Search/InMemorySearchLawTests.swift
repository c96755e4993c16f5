import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import TestSupport
import Testing

struct InMemorySearchLawTests {
    @Test(arguments: SearchLaws.all)
    func everyLawOfSearchHolds(_ law: SearchLaw) async throws {
        try await law.check { SearchSite(InMemorySearchIndex(), other: InMemorySearchIndex()) }
    }

    @Test func theIndexMatchesTheModelForManySeeds() async throws {
        for seed in 0..<UInt64(PropertyRun.scaled(10)) {
            try await SearchLawSeed.$value.withValue(seed) {
                try await SearchLaws.modelIsMatched.check {
                    SearchSite(InMemorySearchIndex(), other: InMemorySearchIndex())
                }
            }
        }
    }
}
