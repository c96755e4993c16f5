import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

/// What is stored of a review besides its words.
struct ReviewFacts: Sendable, Hashable, Codable {
    let id: ReviewID
    let productID: ProductID
    let authorID: MemberID
    let orderID: OrderID
    let rating: Int
    let status: ReviewStatus
    let publishedAt: Timestamp
    let editedAt: Timestamp?
    let editableUntil: Timestamp

    static let productIndex = "product"
    static let starsIndex = "product-stars"
    static let authorIndex = "author"

    /// The facts of a review that was written; nil before.
    init?(_ review: Review) {
        guard let published = review.published, let status = review.status else { return nil }
        id = published.reviewID
        productID = published.productID
        authorID = published.authorID
        orderID = published.orderID
        rating = review.rating
        self.status = status
        publishedAt = published.at
        editedAt = review.editedAt
        editableUntil = published.editableUntil
    }

    var indexEntries: [IndexEntry] {
        let (product, status, time) = (
            IndexValue.id(productID), IndexValue.text(status.rawValue), IndexValue.time(publishedAt)
        )
        return [
            IndexEntry(Self.productIndex, product, status, time),
            IndexEntry(Self.starsIndex, product, status, .integer(Int64(rating)), time),
            IndexEntry(Self.authorIndex, .id(authorID), time),
        ]
    }
}
