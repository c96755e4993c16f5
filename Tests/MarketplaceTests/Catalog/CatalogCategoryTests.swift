import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

@Suite struct CatalogCategoryTests {
    let world = CatalogWorld()
    let seller = CommandActor.seller(CatalogWorld.seller)

    func grow(_ parents: [Int: Int?]) async throws {
        for (number, parent) in parents.sorted(by: { $0.key < $1.key }) {
            try await world.catalog.createCategory(
                CatalogWorld.category(number),
                under: parent.map(CatalogWorld.category),
                name: "Category \(number)",
                by: CatalogWorld.staff,
                key: try IdempotencyKey("create \(number)")
            )
        }
    }

    func move(_ number: Int, under parent: Int?, key: IdempotencyKey) async throws(CatalogError) {
        try await world.catalog.moveCategory(
            CatalogWorld.category(number),
            under: parent.map(CatalogWorld.category),
            by: CatalogWorld.staff,
            key: key
        )
    }

    /// What is looked up is what the events say, for every category.
    func expectLookUpsToAgree(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let tree = try await world.catalog.categories()
        for category in tree.children(of: nil).flatMap({ tree.subtree(of: $0.id) }) {
            let listing = try #require(try await world.catalog.category(category.id))
            #expect(listing.category == category, sourceLocation: sourceLocation)
            #expect(listing.ancestors == tree.ancestors(of: category.id), sourceLocation: sourceLocation)
            var found: Set<CategoryID> = []
            var page = try await world.catalog.subtree(of: category.id, limit: 2)
            while true {
                found.formUnion(page.categories.map(\.category.id))
                guard let next = page.next else { break }
                page = try await world.catalog.subtree(of: category.id, after: next, limit: 2)
            }
            #expect(found == Set(tree.subtree(of: category.id).map(\.id)), sourceLocation: sourceLocation)
        }
    }

    @Test func aMoveTakesEverythingBelowAlong() async throws {
        try await grow([1: nil, 2: 1, 3: 2, 4: 3, 5: 1])
        try await expectLookUpsToAgree()
        try await move(2, under: 5, key: "move")
        try await expectLookUpsToAgree()
        #expect(
            try await world.catalog.category(CatalogWorld.category(4))?.ancestors
                == [3, 2, 5, 1].map(CatalogWorld.category)
        )
        try await move(3, under: nil, key: "to the top")
        try await expectLookUpsToAgree()
        let top = try await world.catalog.children(of: nil).categories.map(\.category.name)
        #expect(top == ["Category 1", "Category 3"])
        try await world.catalog.renameCategory(CatalogWorld.category(1), to: "Z", by: CatalogWorld.staff, key: "z")
        #expect(try await world.catalog.children(of: nil).categories.map(\.category.name) == ["Category 3", "Z"])
        #expect(try await world.catalog.category(CatalogWorld.category(9)) == nil)
    }

    @Test(arguments: 1...20)
    func twoRacingMovesThatWouldMakeACycleTogetherAreNotBothDone(_ round: Int) async throws {
        try await grow([1: nil, 2: nil, 3: 1, 4: 2])
        // 1 under 4, which is below 2; and 2 under 3, which is below 1.
        let refusals = try await withThrowingTaskGroup(of: CatalogRefusal?.self) { group in
            for (number, parent) in [(1, 4), (2, 3)] {
                group.addTask {
                    try await world.refusal { () async throws(CatalogError) in
                        try await move(number, under: parent, key: number == 1 ? "one" : "two")
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let cycles = refusals.compactMap { $0 }
        #expect(cycles.count == 1)
        guard case .category(.cycle)? = cycles.first else {
            Issue.record("\(cycles)")
            return
        }
        try await expectLookUpsToAgree()
        let tree = try await world.catalog.categories()
        #expect(tree.children(of: nil).flatMap { tree.subtree(of: $0.id) }.count == 4)
    }

    @Test func aProductComesIntoCategoriesThatAreInUse() async throws {
        try await grow([1: nil, 2: nil])
        let id = try await world.sell(1)
        func refusal(_ categories: [Int], _ key: IdempotencyKey) async throws -> CatalogRefusal? {
            try await world.refusal { () async throws(CatalogError) in
                let edit = ProductEdit(categories: categories.map(CatalogWorld.category))
                try await world.catalog.edit(id, edit, by: seller, key: key)
            }
        }
        #expect(try await refusal([1, 9], "unknown") == .unknownCategory(CatalogWorld.category(9)))
        #expect(try await refusal([1, 2], "both") == nil)
        try await world.catalog.archiveCategory(CatalogWorld.category(2), by: CatalogWorld.staff, key: "archive")
        #expect(try await refusal([2], "archived") == .archivedCategory(CatalogWorld.category(2)))
        let listed = try await world.catalog.products(.category(CatalogWorld.category(2), .active), by: .system)
            .products
        #expect(listed.map(\.id) == [id])
        #expect(try await refusal([1], "one") == nil)
        #expect(
            try await world.catalog.products(.category(CatalogWorld.category(2), .active), by: .system).products.isEmpty
        )
    }

    @Test func onlyThoseWhoRunTheMarketplaceChangeTheTree() async throws {
        let refusal = try await world.refusal { () async throws(CatalogError) in
            try await world.catalog.createCategory(CatalogWorld.category(1), name: "Mine", by: seller, key: "create")
        }
        guard case .category(.forbidden)? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
    }
}
