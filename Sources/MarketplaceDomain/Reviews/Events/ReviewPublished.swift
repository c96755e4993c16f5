public import MarketplaceCore

/// A member reviewed a product.
public struct ReviewPublished: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ReviewPublished" }

    /// The review.
    public let reviewID: ReviewID
    /// The product.
    public let productID: ProductID
    /// Who wrote it.
    public let authorID: MemberID
    /// The order in which it was bought.
    public let orderID: OrderID
    /// The stars, 1...5.
    public let rating: Int
    /// Whether there are words with it; they are kept apart, where they can be erased.
    public let hasText: Bool
    /// Until when its author may change it.
    public let editableUntil: Timestamp
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        reviewID: ReviewID,
        productID: ProductID,
        authorID: MemberID,
        orderID: OrderID,
        rating: Int,
        hasText: Bool,
        editableUntil: Timestamp,
        by: CommandActor,
        at: Timestamp
    ) {
        self.reviewID = reviewID
        self.productID = productID
        self.authorID = authorID
        self.orderID = orderID
        self.rating = rating
        self.hasText = hasText
        self.editableUntil = editableUntil
        self.by = by
        self.at = at
    }
}
