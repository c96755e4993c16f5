public import MarketplaceCore

/// Names a review.
public typealias ReviewID = Identifier<Review>
