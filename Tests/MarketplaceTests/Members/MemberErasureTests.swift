import Marketplace
import MarketplaceTestKit
import Synchronization
import Testing

@Suite struct MemberErasureTests {
    private struct Unreachable: Error {}

    /// Whom an erasure was called for.
    private final class Calls: Sendable {
        private let members = Mutex<[MemberID]>([])

        var all: [MemberID] { members.withLock { $0 } }

        func add(_ member: MemberID) -> Int {
            members.withLock { members in
                members.append(member)
                return members.count
            }
        }
    }

    private let site = MemberSite()

    private func runner(_ erase: @escaping @Sendable (MemberID) async throws -> Void) -> ProjectionRunner {
        ProjectionRunner(
            MemberErasure(in: site.environment, erase),
            store: site.base,
            signal: site.base,
            identifiers: site.environment.identifiers,
            wallClock: site.clock.wall
        )
    }

    @Test func whatIsKeptElsewhereIsErasedWithTheMemberAndNothingOfOthers() async throws {
        try await site.join()
        try await site.join(MemberSite.lee, "lee")
        let reviews = Reviews(in: site.environment, purchases: BoughtByAll())
        let text = ReviewText(body: "My aunt likes it.")
        var mine: [ReviewID] = []
        for product in 1...3 {
            let review = try await reviews.publish(
                5,
                text,
                of: ProductID(bits: UInt128(product)),
                by: .buyer(MemberSite.kim),
                key: "publish"
            )
            mine.append(try #require(review.id))
        }
        let theirs = try await reviews.publish(
            4,
            text,
            of: ProductID(bits: 1),
            by: .buyer(MemberSite.lee),
            key: "publish"
        )
        let runner = runner { try await reviews.eraseTexts(of: $0, by: .system) }
        try await site.members.erase(MemberSite.kim, by: .buyer(MemberSite.kim), key: "erase")
        try await runner.catchUp()
        for id in mine {
            let review = try #require(try await reviews.review(id))
            #expect(review.text == nil && review.rating == 5)
        }
        #expect(try await reviews.review(try #require(theirs.id))?.text == text)
    }

    @Test func anErasureThatFailsIsMadeAgainUntilItHasSucceeded() async throws {
        try await site.join()
        let calls = Calls()
        let runner = runner { member in
            if calls.add(member) == 1 { throw Unreachable() }
        }
        try await runner.catchUp()
        #expect(calls.all.isEmpty, "nobody is erased yet")
        try await site.members.erase(MemberSite.kim, by: MemberSite.staff, key: "erase")
        await #expect(throws: (any Error).self) { try await runner.catchUp() }
        for _ in 0..<2 { try await runner.catchUp() }
        #expect(calls.all == [MemberSite.kim, MemberSite.kim])
    }

    @Test func nobodyErasesTheWordsOfSomebodyElse() async throws {
        let reviews = Reviews(in: site.environment, purchases: BoughtByAll())
        await #expect(throws: ReviewError.self) {
            try await reviews.eraseTexts(of: MemberSite.kim, by: .buyer(MemberSite.lee))
        }
    }
}
