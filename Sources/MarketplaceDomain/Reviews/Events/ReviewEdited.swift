public import MarketplaceCore

/// The author of a review changed it.
public struct ReviewEdited: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ReviewEdited" }

    /// The review.
    public let reviewID: ReviewID
    /// The product.
    public let productID: ProductID
    /// The stars until now.
    public let from: Int
    /// The stars from now on.
    public let to: Int
    /// Whether there are words with it.
    public let hasText: Bool
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        reviewID: ReviewID,
        productID: ProductID,
        from: Int,
        to: Int,
        hasText: Bool,
        by: CommandActor,
        at: Timestamp
    ) {
        self.reviewID = reviewID
        self.productID = productID
        self.from = from
        self.to = to
        self.hasText = hasText
        self.by = by
        self.at = at
    }
}
