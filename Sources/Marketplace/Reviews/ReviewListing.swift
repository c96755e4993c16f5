public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

/// A review as it is listed: its words and its votes are read along with it.
public struct ReviewListing: Sendable, Hashable {
    /// What names it.
    public var id: ReviewID { facts.id }
    /// What it is about.
    public var productID: ProductID { facts.productID }
    /// Who wrote it.
    public var authorID: MemberID { facts.authorID }
    /// The order in which the product was bought.
    public var orderID: OrderID { facts.orderID }
    /// The stars, 1...5.
    public var rating: Int { facts.rating }
    /// Whether it is shown.
    public var status: ReviewStatus { facts.status }
    /// When it was written.
    public var publishedAt: Timestamp { facts.publishedAt }
    /// When its author last changed it; nil when never.
    public var editedAt: Timestamp? { facts.editedAt }
    /// Until when its author may change it.
    public var editableUntil: Timestamp { facts.editableUntil }
    /// The words; nil when there are none, or they were erased.
    public let text: ReviewText?
    /// How many members found it helpful.
    public let helpfulVotes: Int64

    private let facts: ReviewFacts

    init(_ facts: ReviewFacts, text: ReviewText?, helpfulVotes: Int64) {
        self.facts = facts
        self.text = text
        self.helpfulVotes = helpfulVotes
    }
}

/// A page of reviews.
public struct ReviewListings: Sendable, Hashable {
    /// The reviews.
    public let reviews: [ReviewListing]
    /// Where to read on; nil on the last page.
    public let next: DocumentCursor?
}
