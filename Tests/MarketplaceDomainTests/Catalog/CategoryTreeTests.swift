import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct CategoryTreeTests {
    static let staff = CommandActor.operator(Example.staff)

    static func id(_ number: Int) -> CategoryID { CategoryID(bits: UInt128(number)) }

    static func create(_ number: Int, under parent: Int? = nil) -> CategoryAction {
        .create(id: id(number), parent: parent.map(id), name: "Category \(number)")
    }

    /// 1 has 2 and 3 below it, 2 has 4, 4 has 5.
    static func tree() throws -> CategoryTree {
        var tree = CategoryTree()
        for action in [create(1), create(2, under: 1), create(3, under: 1), create(4, under: 2), create(5, under: 4)] {
            try tree.perform(action, by: staff)
        }
        return tree
    }

    @Test func theLifecycleAllowsExactlyWhatIsListed() {
        let staff: [ActorRole] = [.operator, .system]
        expectExactly(
            ProductCategory.lifecycle,
            allows: [
                (.create, nil, .active, staff), (.rename, .active, .active, staff), (.move, .active, .active, staff),
                (.defineAttribute, .active, .active, staff), (.removeAttribute, .active, .active, staff),
                (.archive, .active, .archived, staff), (.restore, .archived, .active, staff),
            ],
            states: CategoryStatus.allCases,
            moves: CategoryMove.allCases,
            roles: ActorRole.allCases
        )
    }

    @Test func aSubtreeIsEverythingBelowParentsFirst() throws {
        var tree = try Self.tree()
        #expect(tree.subtree(of: Self.id(1)).map(\.id) == [1, 2, 3, 4, 5].map(Self.id))
        #expect(tree.ancestors(of: Self.id(5)) == [4, 2, 1].map(Self.id))
        try tree.perform(.move(Self.id(4), under: Self.id(3)), by: Self.staff)
        #expect(tree.ancestors(of: Self.id(5)) == [4, 3, 1].map(Self.id))
        #expect(tree.subtree(of: Self.id(2)).map(\.id) == [Self.id(2)])
        try tree.perform(.move(Self.id(4), under: nil), by: Self.staff)
        #expect(tree.children(of: nil).map(\.id) == [1, 4].map(Self.id))
        #expect(tree.subtree(of: Self.id(9)) == [])
    }

    @Test func noCategoryComesToStandBelowItself() throws {
        let tree = try Self.tree()
        for (category, parent) in [(1, 1), (1, 2), (1, 5), (2, 4)] {
            #expect(
                tree.refusal(of: .move(Self.id(category), under: Self.id(parent)), by: Self.staff)
                    == .cycle(Self.id(category), under: Self.id(parent))
            )
        }
    }

    @Test func twoMovesThatWouldMakeACycleTogetherAreNotBothAllowed() throws {
        var tree = CategoryTree()
        try tree.perform(Self.create(1), by: Self.staff)
        try tree.perform(Self.create(2), by: Self.staff)
        let (first, second) = (
            CategoryAction.move(Self.id(1), under: Self.id(2)), CategoryAction.move(Self.id(2), under: Self.id(1))
        )
        #expect(tree.refusal(of: second, by: Self.staff) == nil)
        try tree.perform(first, by: Self.staff)
        #expect(tree.refusal(of: second, by: Self.staff) == .cycle(Self.id(2), under: Self.id(1)))
    }

    @Test func theTreeHasTenLevels() throws {
        var tree = CategoryTree()
        try tree.perform(Self.create(1), by: Self.staff)
        for number in 2...10 { try tree.perform(Self.create(number, under: number - 1), by: Self.staff) }
        #expect(tree.refusal(of: Self.create(11, under: 10), by: Self.staff) == .tooDeep(levels: 11, maximum: 10))
        try tree.perform(Self.create(11), by: Self.staff)
        try tree.perform(Self.create(12, under: 11), by: Self.staff)
        #expect(
            tree.refusal(of: .move(Self.id(11), under: Self.id(9)), by: Self.staff) == .tooDeep(levels: 11, maximum: 10)
        )
        try tree.perform(.move(Self.id(11), under: Self.id(8)), by: Self.staff)
    }

    @Test func whatIsInUseBelowKeepsACategoryInUse() throws {
        var tree = try Self.tree()
        guard case .move(let refusal)? = tree.refusal(of: .archive(Self.id(4)), by: Self.staff) else {
            Issue.record("it was archived")
            return
        }
        #expect(refusal.reason == .guarded(missing: [], inTheWay: ["has active children"]))
        try tree.perform(.archive(Self.id(5)), by: Self.staff)
        try tree.perform(.archive(Self.id(4)), by: Self.staff)
        #expect(try tree.perform(.archive(Self.id(4)), by: Self.staff) == [])
        guard case .move(let lifted)? = tree.refusal(of: .restore(Self.id(5)), by: Self.staff) else {
            Issue.record("it was restored under an archived one")
            return
        }
        #expect(lifted.reason == .guarded(missing: [], inTheWay: ["its parent is archived"]))
        #expect(tree.refusal(of: Self.create(6, under: 4), by: Self.staff) == .archivedParent(Self.id(4)))
        #expect(
            tree.refusal(of: .move(Self.id(3), under: Self.id(4)), by: Self.staff) == .archivedParent(Self.id(4))
        )
        try tree.perform(.restore(Self.id(4)), by: Self.staff)
        try tree.perform(.restore(Self.id(5)), by: Self.staff)
    }

    @Test func aRepeatedCommandChangesNothingAndAnotherUnderTheSameIdIsRefused() throws {
        var tree = try Self.tree()
        #expect(try tree.perform(Self.create(4, under: 2), by: Self.staff) == [])
        #expect(try tree.perform(.move(Self.id(4), under: Self.id(2)), by: Self.staff) == [])
        #expect(try tree.perform(.rename(Self.id(4), to: "Category 4"), by: Self.staff) == [])
        #expect(tree.refusal(of: Self.create(4, under: 3), by: Self.staff) == .alreadyCreated(Self.id(4)))
        #expect(tree.refusal(of: .rename(Self.id(9), to: "x"), by: Self.staff) == .unknownCategory(Self.id(9)))
        #expect(tree.refusal(of: Self.create(9, under: 8), by: Self.staff) == .unknownCategory(Self.id(8)))
        #expect(tree.refusal(of: .rename(Self.id(4), to: " "), by: Self.staff) == .badName(.blank))
        let long = String(repeating: "x", count: 65)
        #expect(
            tree.refusal(of: .rename(Self.id(4), to: long), by: Self.staff)
                == .badName(.tooLong(count: 65, maximum: 64))
        )
    }

    @Test func everyTreeOfAnyHistoryIsATreeAndItsEventsMakeItAgain() {
        PropertyRun.check(300) { run in
            var tree = CategoryTree()
            var events: [CategoryEvent] = []
            for _ in 0..<60 {
                let (one, other) = (run.natural(through: 12), run.natural(through: 12))
                let parent = run.natural(through: 4) == 0 ? nil : Self.id(other)
                let actions: [CategoryAction] = [
                    .create(id: Self.id(one), parent: parent, name: "n"), .move(Self.id(one), under: parent),
                    .move(Self.id(one), under: parent), .archive(Self.id(one)), .restore(Self.id(one)),
                    .rename(Self.id(one), to: "n\(other)"),
                    .defineAttribute(.number("Weight", unit: "u\(other)"), of: Self.id(one)),
                    .removeAttribute("Weight", of: Self.id(one)),
                ]
                let action = actions[run.natural(through: actions.count - 1)]
                events += (try? tree.perform(action, by: Self.staff)) ?? []
            }
            let top = tree.children(of: nil).flatMap { tree.subtree(of: $0.id) }
            #expect(top.count == tree.count && Set(top.map(\.id)).count == tree.count, run.replay)
            for category in top {
                #expect(!tree.ancestors(of: category.id).contains(category.id), run.replay)
                let parent = category.parentID.flatMap(tree.category)
                #expect(category.status == .archived || parent?.status != .archived, run.replay)
            }
            let read = try events.map { try #require(try roundTripped($0)) }
            #expect(CategoryTree(replaying: read) == tree, run.replay)
        }
    }
}
