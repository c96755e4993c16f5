public import MarketplaceCore

/// A review moved along its lifecycle.
public struct ReviewStatusChanged: EventPayload {
    /// The name on the feed.
    public static var eventName: String { "ReviewStatusChanged" }

    /// The review.
    public let reviewID: ReviewID
    /// The product.
    public let productID: ProductID
    /// Its stars.
    public let rating: Int
    /// Its status until now.
    public let from: ReviewStatus
    /// Its status from now on.
    public let to: ReviewStatus
    /// Why it was hidden, if it was.
    public let reason: ReviewHidingReason?
    /// Who did it.
    public let by: CommandActor
    /// When.
    public let at: Timestamp

    /// Makes the facts of the event.
    public init(
        reviewID: ReviewID,
        productID: ProductID,
        rating: Int,
        from: ReviewStatus,
        to: ReviewStatus,
        reason: ReviewHidingReason?,
        by: CommandActor,
        at: Timestamp
    ) {
        self.reviewID = reviewID
        self.productID = productID
        self.rating = rating
        self.from = from
        self.to = to
        self.reason = reason
        self.by = by
        self.at = at
    }
}
