import Marketplace
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// Says that everybody bought everything.
struct BoughtByAll: PurchaseProof {
    func purchase(of product: ProductID, by member: MemberID) async throws(StoreError) -> OrderID? { OrderID(bits: 1) }
}

@Suite struct ReviewsTests {
    static let product = ProductID(bits: 7)
    static let author = member(1)
    static let staff = CommandActor.operator(MemberID(bits: 6_000))

    let clock = ManualClock()
    let base: InMemoryStore
    let environment: ServiceEnvironment
    let reviews: Reviews

    init() {
        base = InMemoryStore(wallClock: clock.wall, clock: clock)
        environment = ServiceEnvironment(
            store: base,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 1),
            wallClock: clock.wall
        )
        reviews = Reviews(in: environment, purchases: BoughtByAll())
    }

    static func member(_ number: Int) -> CommandActor { .buyer(MemberID(bits: UInt128(number))) }

    @discardableResult
    func publish(_ stars: Int, _ text: ReviewText? = nil, by number: Int = 1) async throws -> ReviewID {
        let review = try await reviews.publish(stars, text, of: Self.product, by: Self.member(number), key: "publish")
        return try #require(review.id)
    }

    func refusal(of body: () async throws(ReviewError) -> Void) async throws -> ReviewRefusal? {
        do throws(ReviewError) {
            try await body()
            return nil
        } catch {
            guard let refusal = error.refusal else { throw error }
            return refusal
        }
    }

    func votes() async throws -> [Int64] {
        let histogram = try await reviews.histogram(of: Self.product)
        return RatingHistogram.stars.map { histogram[$0] }
    }

    @Test func aReviewIsReadWithItsWordsAndItsVotes() async throws {
        let text = ReviewText(title: "Good", body: "Pours well.")
        let id = try await publish(4, text)
        let review = try #require(try await reviews.review(id))
        #expect(review.rating == 4 && review.text == text && review.helpfulVotes == 0 && review.status == .published)
        #expect(review.orderID == OrderID(bits: 1) && review.productID == Self.product)
        #expect(review.editableUntil == clock.wall.now.advanced(by: .days(14)))
        #expect(try await reviews.review(of: Self.product, by: MemberID(bits: 1)) == review)
        #expect(try await reviews.review(ReviewID(bits: 1)) == nil)
        #expect(try await votes() == [0, 0, 0, 1, 0])
    }

    @Test func onlyOneReviewPerMemberAndProduct() async throws {
        let id = try await publish(4)
        #expect(try await publish(4) == id)
        let other = try await refusal { () async throws(ReviewError) in
            try await reviews.publish(1, of: Self.product, by: Self.author, key: "again")
        }
        #expect(other == .review(.alreadyPublished(id)))
        #expect(try await votes() == [0, 0, 0, 1, 0])
    }

    @Test func aMemberWhoReviewsInTwoTabsAtOnceHasOneReview() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<8 {
                group.addTask {
                    let key = try IdempotencyKey("tab \(number)")
                    _ = try? await reviews.publish(1 + number % 5, of: Self.product, by: Self.author, key: key)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await votes().reduce(0, +) == 1)
        #expect(try await reviews.reviews(of: Self.product).reviews.count == 1)
        let names = try await base.events(after: .start, matching: .all, limit: 100).events.map(\.name)
        #expect(names == ["ReviewPublished"])
    }

    @Test func everyVoteOfManyAtOnceIsCounted() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 1...100 {
                group.addTask { try await publish(1 + number % 5, by: number) }
            }
            try await group.waitForAll()
        }
        #expect(try await votes() == [20, 20, 20, 20, 20])
        #expect(try await reviews.histogram(of: Self.product).average == Ratio(3))
    }

    @Test func anEditMovesTheVoteAndAHiddenReviewHasNone() async throws {
        let id = try await publish(5)
        try await publish(2, by: 2)
        try await reviews.edit(id, rating: 3, by: Self.author, key: "edit")
        #expect(try await votes() == [0, 1, 1, 0, 0])
        try await reviews.hide(id, because: .abuse, by: Self.staff, key: "hide")
        try await reviews.hide(id, because: .abuse, by: Self.staff, key: "hide again")
        #expect(try await votes() == [0, 1, 0, 0, 0])
        #expect(try await reviews.reviews(of: Self.product).reviews.map(\.rating) == [2])
        #expect(try await reviews.review(id)?.status == .hidden)
        try await reviews.restore(id, by: Self.staff, key: "restore")
        #expect(try await votes() == [0, 1, 1, 0, 0])
        try await reviews.withdraw(id, by: Self.author, key: "withdraw")
        #expect(try await votes() == [0, 1, 0, 0, 0])
        #expect(try await reviews.histogram(of: Self.product).average == Ratio(2))
    }

    @Test func aHiddenReviewThatIsWithdrawnIsNotCountedOffTwice() async throws {
        let id = try await publish(5)
        try await reviews.hide(id, because: .fraud, by: Self.staff, key: "hide")
        try await reviews.withdraw(id, by: Self.author, key: "withdraw")
        #expect(try await votes() == [0, 0, 0, 0, 0])
    }

    @Test func afterTwoWeeksAReviewStaysAsItIs() async throws {
        let id = try await publish(5)
        clock.advance(by: .days(14))
        let late = try await refusal { () async throws(ReviewError) in
            try await reviews.edit(id, rating: 1, by: Self.author, key: "late")
        }
        guard case .review(.move(let move))? = late else {
            Issue.record("\(String(describing: late))")
            return
        }
        #expect(move.reason == .guarded(missing: ["within the edit window"], inTheWay: []))
        #expect(try await votes() == [0, 0, 0, 0, 1])
    }

    @Test func strangersAndVisitorsAreRefused() async throws {
        let id = try await publish(5)
        for actor in [Self.member(2), .visitor, .seller(SellerID(bits: 1))] {
            let edit = try await refusal { () async throws(ReviewError) in
                try await reviews.edit(id, rating: 1, by: actor, key: "edit")
            }
            let erase = try await refusal { () async throws(ReviewError) in
                try await reviews.eraseText(of: id, by: actor)
            }
            guard case .review(.forbidden)? = edit, case .forbidden? = erase else {
                Issue.record("\(actor) was let through")
                continue
            }
        }
        let staff = try await refusal { () async throws(ReviewError) in
            try await reviews.publish(1, of: Self.product, by: Self.staff, key: "staff")
        }
        #expect(staff == .notAMember(Self.staff))
    }

    @Test func aMemberFindsAReviewHelpfulOnceHoweverOftenItIsSaid() async throws {
        let id = try await publish(5)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 2...21 {
                for attempt in 0..<3 {
                    group.addTask {
                        let key = try IdempotencyKey("vote \(attempt)")
                        try await reviews.voteHelpful(for: id, by: Self.member(number), key: key)
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await reviews.review(id)?.helpfulVotes == 20)
        try await reviews.takeBackVote(for: id, by: Self.member(2), key: "back")
        try await reviews.takeBackVote(for: id, by: Self.member(2), key: "back again")
        try await reviews.takeBackVote(for: id, by: Self.member(30), key: "never voted")
        #expect(try await reviews.review(id)?.helpfulVotes == 19)
    }

    @Test(arguments: CommandParty.allCases)
    func exactlyOtherMembersVote(_ party: CommandParty) async throws {
        let id = try await publish(5)
        let actor: CommandActor =
            switch party {
            case .visitor: .visitor
            case .member: Self.member(2)
            case .owner: Self.author
            case .otherSeller, .seller: .seller(SellerID(bits: 2))
            case .operator: Self.staff
            case .system: .system
            }
        let refusal = try await refusal { () async throws(ReviewError) in
            try await reviews.voteHelpful(for: id, by: actor, key: "vote")
        }
        #expect((refusal == nil) == (party == .member))
        if let refusal {
            guard case .forbidden(let forbidden) = refusal else {
                Issue.record("\(refusal)")
                return
            }
            #expect(forbidden.allowed == [.member])
        }
    }

    @Test func aVoteThatWasTakenBackIsNotGivenAgainByItsRepetition() async throws {
        let id = try await publish(4)
        let voter = Self.member(2)
        try await reviews.voteHelpful(for: id, by: voter, key: "vote")
        try await reviews.takeBackVote(for: id, by: voter, key: "back")
        clock.advance(by: .days(2))
        try await reviews.voteHelpful(for: id, by: voter, key: "vote")
        #expect(try await reviews.review(id)?.helpfulVotes == 0)
        try await reviews.voteHelpful(for: id, by: voter, key: "vote again")
        try await reviews.voteHelpful(for: id, by: voter, key: "and again")
        try await reviews.takeBackVote(for: id, by: voter, key: "back")
        #expect(try await reviews.review(id)?.helpfulVotes == 1)
        let reuse = try await refusal { () async throws(ReviewError) in
            try await reviews.takeBackVote(for: id, by: voter, key: "vote")
        }
        #expect(reuse == .keyReused("vote"))
    }

    @Test func nobodyVotesForWhatIsNotShown() async throws {
        let id = try await publish(5)
        try await reviews.hide(id, because: .offTopic, by: Self.staff, key: "hide")
        let hidden = try await refusal { () async throws(ReviewError) in
            try await reviews.voteHelpful(for: id, by: Self.member(2), key: "vote")
        }
        #expect(hidden == .notPublished(id, .hidden))
        let unknown = try await refusal { () async throws(ReviewError) in
            try await reviews.voteHelpful(for: ReviewID(bits: 9), by: Self.member(2), key: "vote")
        }
        #expect(unknown == .unknownReview(ReviewID(bits: 9)))
    }

    @Test func wordsCanBeErasedAndStandNowhereElse() async throws {
        let text = ReviewText(title: "Splendid", body: "It belongs to my aunt.")
        let id = try await publish(5, text)
        try await reviews.edit(id, rating: 4, text: text, by: Self.author, key: "edit")
        let other = try await publish(3, text, by: 2)
        try await reviews.eraseText(of: id, by: Self.author)
        try await reviews.withdraw(other, by: Self.member(2), key: "withdraw")
        #expect(try await reviews.review(id)?.text == nil)
        #expect(try await reviews.review(other)?.text == nil)
        #expect(try await reviews.review(id)?.rating == 4)
        var bodies = try await base.events(after: .start, matching: .all, limit: 100).events.map(\.payload)
        for collection in ["reviews", "review-texts", "review-votes"] as [DocumentCollection] {
            bodies += try await base.documents(matching: .all(of: collection, limit: 100)).documents.map(\.body)
        }
        #expect(bodies.count == 6)
        for body in bodies { #expect(!String(decoding: body, as: UTF8.self).contains("aunt")) }
        try await reviews.edit(id, rating: 4, text: ReviewText(body: "New."), by: Self.author, key: "new")
        #expect(try await reviews.review(id)?.text == ReviewText(body: "New."))
        try await reviews.edit(id, rating: 4, by: Self.author, key: "none")
        #expect(try await reviews.review(id)?.text == nil)
    }

    @Test func reviewsAreListedByProductStarsAndAuthor() async throws {
        for number in 1...5 {
            try await publish(number == 3 ? 1 : 5, by: number)
            clock.advance(by: .seconds(1))
        }
        var seen: [UInt128] = []
        var page = try await reviews.reviews(of: Self.product, limit: 2)
        while true {
            seen += page.reviews.map(\.authorID.bits)
            guard let next = page.next else { break }
            page = try await reviews.reviews(of: Self.product, after: next, limit: 2)
        }
        #expect(seen == [5, 4, 3, 2, 1])
        #expect(try await reviews.reviews(of: Self.product, stars: 1).reviews.map(\.authorID.bits) == [3])
        #expect(try await reviews.reviews(of: ProductID(bits: 8)).reviews.isEmpty)
        #expect(try await reviews.reviews(by: MemberID(bits: 2)).reviews.count == 1)
    }
}

@Suite struct PurchaseIndexTests {
    let world = CatalogWorld()
    let buyer = MemberID(bits: 20)

    func refusal(_ reviews: Reviews, of product: ProductID, key: IdempotencyKey) async throws -> ReviewRefusal? {
        do throws(ReviewError) {
            try await reviews.publish(5, of: product, by: .buyer(buyer), key: key)
            return nil
        } catch {
            guard let refusal = error.refusal else { throw error }
            return refusal
        }
    }

    @Test func onlyWhoBoughtAProductReviewsIt() async throws {
        let index = PurchaseIndex(in: world.environment, provenBy: [.confirmed])
        let reviews = Reviews(in: world.environment, purchases: index)
        let (bought, other) = (try await world.sell(1), try await world.sell(2))
        let line = try await world.catalog.line(for: CatalogLineRequest("sku-1", .one))
        try await world.order(1, by: buyer, [line], isConfirmed: false)
        try await world.catchUp(index)
        let notYet = ReviewRefusal.notPurchased(bought, by: buyer)
        #expect(try await refusal(reviews, of: bought, key: "pending") == notYet)
        try await world.order(2, by: buyer, [line, line])
        try await world.order(3, by: MemberID(bits: 21), [line])
        try await world.catchUp(index)
        #expect(try await refusal(reviews, of: other, key: "other") == .notPurchased(other, by: buyer))
        #expect(try await refusal(reviews, of: bought, key: "bought") == nil)
        #expect(try await reviews.review(of: bought, by: buyer)?.orderID == OrderID(bits: 2))
    }

    @Test func aCanceledOrderProvesNothingButAnotherOneDoes() async throws {
        let index = PurchaseIndex(in: world.environment, provenBy: [.confirmed])
        let product = try await world.sell(1)
        let line = try await world.catalog.line(for: CatalogLineRequest("sku-1", .one))
        try await world.order(1, by: buyer, [line])
        try await world.order(2, by: buyer, [line])
        try await world.catchUp(index)
        try await world.cancelOrder(OrderID(bits: 1))
        try await world.catchUp(index)
        #expect(try await index.purchase(of: product, by: buyer) == OrderID(bits: 2))
        try await world.cancelOrder(OrderID(bits: 2))
        try await world.catchUp(index)
        #expect(try await index.purchase(of: product, by: buyer) == nil)
    }

    @Test func untilItIsThereAProductIsNotReviewed() async throws {
        let index = PurchaseIndex(in: world.environment)
        let product = try await world.sell(1)
        let line = try await world.catalog.line(for: CatalogLineRequest("sku-1", .one))
        let order = try await world.order(1, by: buyer, [line])
        let shipment = ShipmentID(bits: 1)
        let steps: [OrderAction] = [
            .pack(shipment, [OrderUnits(lineIndex: 0, units: 1)]), .ship(shipment), .deliver(shipment),
        ]
        for step in steps {
            try await world.catchUp(index)
            #expect(try await index.purchase(of: product, by: buyer) == nil)
            try await world.perform(step, on: order)
        }
        try await world.catchUp(index)
        #expect(try await index.purchase(of: product, by: buyer) == order)
    }

    @Test func replayingTheFeedMakesTheSameIndex() async throws {
        let index = PurchaseIndex(in: world.environment, provenBy: [.confirmed])
        try await world.sell(1)
        let line = try await world.catalog.line(for: CatalogLineRequest("sku-1", .one))
        for number in 1...5 { try await world.order(number, by: buyer, [line]) }
        try await world.cancelOrder(OrderID(bits: 3))
        let runner = world.runner(of: index)
        try await runner.catchUp()
        let before = try await purchases()
        try await runner.rebuild()
        try await runner.catchUp()
        #expect(try await purchases() == before)
        #expect(before.count == 4)
    }

    private func purchases() async throws -> [DocumentKey] {
        try await world.base.documents(matching: .all(of: "review-purchases", limit: 100)).documents.map(\.key)
    }
}
