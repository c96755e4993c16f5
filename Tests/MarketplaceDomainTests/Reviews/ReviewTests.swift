import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct ReviewTests {
    static let id = ReviewID(bits: 40)
    static let author = CommandActor.buyer(Example.buyer)

    static func publish(_ rating: Int = 4, _ text: ReviewText? = nil) -> ReviewAction {
        .publish(
            id: id,
            product: Example.productID,
            author: Example.buyer,
            order: Example.orderID,
            rating: rating,
            text: text
        )
    }

    /// A review that was moved there.
    static func review(in status: ReviewStatus) throws -> Review {
        var review = Review()
        try review.perform(publish(), by: author)
        switch status {
        case .published: break
        case .hidden: try review.perform(.hide(.abuse), by: .operator(Example.staff))
        case .withdrawn: try review.perform(.withdraw, by: author)
        }
        return review
    }

    @Test func theLifecycleAllowsExactlyWhatIsListed() {
        expectExactly(
            Review.lifecycle,
            allows: [
                (.publish, nil, .published, [.buyer]), (.edit, .published, .published, [.buyer]),
                (.hide, .published, .hidden, [.operator, .system]), (.restore, .hidden, .published, [.operator]),
                (.withdraw, .published, .withdrawn, [.buyer, .system]),
                (.withdraw, .hidden, .withdrawn, [.buyer, .system]),
            ],
            states: ReviewStatus.allCases,
            moves: ReviewMove.allCases,
            roles: ActorRole.allCases,
            given: ["within the edit window"]
        )
    }

    @Test func anAuthorMayChangeAReviewForTwoWeeks() throws {
        let review = try Self.review(in: .published)
        func refusal(after time: Duration) -> ReviewRejection? {
            do throws(ReviewRejection) {
                let command = ActorCommand(
                    ReviewAction.edit(rating: 2),
                    by: Self.author,
                    at: Example.now.advanced(by: time)
                )
                _ = try review.decide(command)
                return nil
            } catch {
                return error
            }
        }
        #expect(refusal(after: .days(14) - .milliseconds(1)) == nil)
        guard case .move(let late)? = refusal(after: .days(14)) else {
            Issue.record("it was changed after two weeks")
            return
        }
        #expect(late.reason == .guarded(missing: ["within the edit window"], inTheWay: []))
        #expect(late.open == [.withdraw])
    }

    @Test func starsAreOneToFiveAndWordsAreBounded() {
        func refusal(_ rating: Int, _ text: ReviewText? = nil) -> ReviewRejection? {
            Review().refusal(of: Self.publish(rating, text), by: Self.author)
        }
        for rating in 1...5 { #expect(refusal(rating) == nil) }
        for rating in [Int.min, -1, 0, 6, .max] { #expect(refusal(rating) == .badRating(rating)) }
        #expect(refusal(5, ReviewText(body: " \n")) == .blankBody)
        let title = String(repeating: "x", count: 101)
        #expect(refusal(5, ReviewText(title: title, body: "x")) == .titleTooLong(count: 101, maximum: 100))
        let body = "e" + String(repeating: "\u{301}", count: 5_000)
        #expect(refusal(5, ReviewText(body: body)) == .bodyTooLong(count: 5_001, maximum: 5_000))
        #expect(refusal(5, ReviewText(title: "", body: "Pours well.")) == nil)
    }

    @Test func aRepeatedReviewChangesNothingAndAnotherIsRefused() throws {
        var review = try Self.review(in: .published)
        #expect(try review.perform(Self.publish(), by: Self.author) == [])
        #expect(review.refusal(of: Self.publish(1), by: Self.author) == .alreadyPublished(Self.id))
        let withdrawn = try Self.review(in: .withdrawn)
        #expect(withdrawn.refusal(of: Self.publish(), by: Self.author) == .alreadyPublished(Self.id))
        #expect(Review().refusal(of: .withdraw, by: Self.author) == .notPublished)
        var hidden = try Self.review(in: .hidden)
        #expect(try hidden.perform(.hide(.fraud), by: .operator(Example.staff)) == [])
        #expect(hidden.hidingReason == .abuse)
    }

    @Test func theWordsOfAPersonStandInNoEvent() throws {
        var review = Review()
        let text = ReviewText(title: "Splendid", body: "It belongs to my aunt.")
        var events = try review.perform(Self.publish(5, text), by: Self.author)
        events += try review.perform(.edit(rating: 4, text: text), by: Self.author)
        #expect(review.hasText && review.rating == 4)
        for event in events { #expect(!"\(event)".contains("aunt") && !"\(event)".contains("Splendid")) }
    }

    @Test func theHistogramFollowsEveryHistory() {
        PropertyRun.check(300) { run in
            var reviews: [Review] = []
            var votes: [Int: Int64] = [:]
            var events: [ReviewEvent] = []
            for number in 0..<8 {
                var review = Review()
                for _ in 0..<run.natural(through: 12) {
                    let actions: [(ReviewAction, CommandActor)] = [
                        (Self.publish(1 + run.natural(through: 4)), Self.author),
                        (.edit(rating: 1 + run.natural(through: 4)), Self.author),
                        (.hide(.other), .operator(Example.staff)), (.restore, .operator(Example.staff)),
                        (.withdraw, .system),
                    ]
                    // Withdrawing ends everything, so it is rare.
                    let (action, actor) = actions[min(run.natural(through: 12), number == 0 ? 4 : 3)]
                    let new = (try? review.perform(action, by: actor)) ?? []
                    events += new
                    for event in new {
                        for (stars, count) in RatingHistogram.changes(by: event) { votes[stars, default: 0] += count }
                    }
                }
                reviews.append(review)
            }
            let shown = reviews.filter { $0.status == .published }
            let histogram = RatingHistogram(votes: votes)
            for stars in RatingHistogram.stars {
                #expect(histogram[stars] == Int64(shown.filter { $0.rating == stars }.count), run.replay)
            }
            #expect(histogram.count == Int64(shown.count), run.replay)
            let read = try events.map { try roundTripped($0) }
            #expect(read == events, run.replay)
        }
    }

    @Test func theAverageIsExact() throws {
        #expect(RatingHistogram().average == nil)
        #expect(try RatingHistogram(votes: [5: 2, 4: 1]).average == Ratio(14, over: 3))
        let full = RatingHistogram(votes: [1: .max, 5: .max, 6: 3, 2: -7])
        #expect(full.average == Ratio(3) && full[6] == 0 && full[2] == 0)
    }
}
