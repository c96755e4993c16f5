public import MarketplaceCore

/// What can be asked of a review.
public enum ReviewAction: Sendable, Hashable {
    /// Write it, as somebody who bought the product with that order.
    case publish(
        id: ReviewID,
        product: ProductID,
        author: MemberID,
        order: OrderID,
        rating: Int,
        text: ReviewText? = nil,
        editWindow: Duration = Review.defaultEditWindow
    )
    /// Change its stars and its words; without words it keeps none.
    case edit(rating: Int, text: ReviewText? = nil)
    /// Take it out of sight.
    case hide(ReviewHidingReason)
    /// Show it again.
    case restore
    /// Take it back for good.
    case withdraw
}
