public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

extension Reviews {
    /// A review, whatever its status; nil when there is none of that id.
    public func review(_ id: ReviewID) async throws(ReviewError) -> ReviewListing? {
        guard let facts = try await facts(id) else { return nil }
        return try await listings(of: [facts]).first
    }

    /// The review that a member has of a product; nil when there is none.
    public func review(of product: ProductID, by member: MemberID) async throws(ReviewError) -> ReviewListing? {
        try await review(ReviewKeySpace.id(of: product, by: member))
    }

    /// A page of the published reviews of a product, the newest first.
    ///
    /// - Parameters:
    ///   - product: The product.
    ///   - stars: Those with so many stars alone; nil for all.
    ///   - cursor: Where the page before ended.
    ///   - limit: How many at most, 1...``maximumPageSize``; other numbers become the nearest of these.
    /// - Returns: The page.
    /// - Throws: ``ReviewError``, when the store fails.
    public func reviews(
        of product: ProductID,
        stars: Int? = nil,
        after cursor: DocumentCursor? = nil,
        limit: Int = Reviews.maximumPageSize
    ) async throws(ReviewError) -> ReviewListings {
        let prefix: [IndexValue] = [.id(product), .text(ReviewStatus.published.rawValue)]
        guard let stars else { return try await page(ReviewFacts.productIndex, prefix, after: cursor, limit: limit) }
        return try await page(ReviewFacts.starsIndex, prefix + [.integer(Int64(stars))], after: cursor, limit: limit)
    }

    /// A page of a member's reviews, whatever their status, the newest first.
    public func reviews(
        by member: MemberID,
        after cursor: DocumentCursor? = nil,
        limit: Int = Reviews.maximumPageSize
    ) async throws(ReviewError) -> ReviewListings {
        try await page(ReviewFacts.authorIndex, [.id(member)], after: cursor, limit: limit)
    }

    /// How often a product got each number of stars, of the reviews that are published.
    public func histogram(of product: ProductID) async throws(ReviewError) -> RatingHistogram {
        try await reading { () async throws(StoreError) in
            try await RatingHistogram.load(of: product, from: store)
        }
    }

    private func page(
        _ index: String,
        _ prefix: [IndexValue],
        after cursor: DocumentCursor?,
        limit: Int
    ) async throws(ReviewError) -> ReviewListings {
        let query = DocumentQuery.indexed(
            ReviewKeySpace.reviews,
            by: index,
            prefix: prefix,
            descending: true,
            limit: min(max(limit, 1), Self.maximumPageSize)
        )
        let page = try await page(of: cursor.map(query.continued) ?? query, as: ReviewFacts.self)
        return ReviewListings(reviews: try await listings(of: page.values), next: page.next)
    }

    private func listings(of facts: [ReviewFacts]) async throws(ReviewError) -> [ReviewListing] {
        guard !facts.isEmpty else { return [] }
        let votes = try await reading { () async throws(StoreError) in
            try await store.counters(facts.map { ReviewKeySpace.helpful($0.id) })
        }
        var listings: [ReviewListing] = []
        for review in facts {
            let text = try await read(ReviewKeySpace.text(review.id), as: ReviewText.self)?.value
            let count = votes[ReviewKeySpace.helpful(review.id)] ?? 0
            listings.append(ReviewListing(review, text: text, helpfulVotes: count))
        }
        return listings
    }
}

extension RatingHistogram {
    /// The counted stars of a product.
    static func load(of product: ProductID, from store: any Store) async throws(StoreError) -> RatingHistogram {
        let keys = stars.map { ReviewKeySpace.votes(of: product, stars: $0) }
        let values = try await store.counters(keys)
        return RatingHistogram(votes: Dictionary(uniqueKeysWithValues: zip(stars, keys.map { values[$0] ?? 0 })))
    }
}
