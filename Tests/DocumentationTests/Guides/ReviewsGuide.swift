import Marketplace
import Testing

struct ReviewsGuide {
    @Test func aMemberReviewsWhatWasBought() async throws {
        let environment = ServiceEnvironment(
            store: InMemoryStore(),
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: .system)
        )
        let (product, member, other) = (ProductID(bits: 1), MemberID(bits: 2), MemberID(bits: 3))
        // guide: Reviews
        struct Purchases: PurchaseProof {  // yours, or a PurchaseIndex, which follows the orders
            func purchase(of product: ProductID, by member: MemberID) async throws(StoreError) -> OrderID? {
                OrderID(bits: 4_711)
            }
        }
        let reviews = Reviews(in: environment, purchases: Purchases())
        let text = ReviewText(title: "Good", body: "It pours well.")
        let review = try await reviews.publish(4, text, of: product, by: .buyer(member), key: "review")
        if let id = review.id {
            try await reviews.voteHelpful(for: id, by: .buyer(other), key: "vote")
            try await reviews.edit(id, rating: 5, text: text, by: .buyer(member), key: "edit")
        }
        let average = try await reviews.histogram(of: product).average  // 5, exactly
        // end of guide
        #expect(average == Ratio(5))
    }
}
