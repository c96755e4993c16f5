import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Testing

struct InMemorySearchLawTests {
    @Test(arguments: SearchLaws.all)
    func everyLawOfSearchHolds(_ law: SearchLaw) async throws {
        try await law.check { SearchSite(InMemorySearchIndex(), other: InMemorySearchIndex()) }
    }

    @Test func theIndexMatchesTheModelForManySeeds() async throws {
        for seed in 0..<40 as Range<UInt64> {
            try await SearchLawSeed.$value.withValue(seed) {
                try await SearchLaws.modelIsMatched.check {
                    SearchSite(InMemorySearchIndex(), other: InMemorySearchIndex())
                }
            }
        }
    }
}
