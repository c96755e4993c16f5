public import MarketplaceCore
public import MarketplaceDomain
public import MarketplaceStorage

/// One page of summaries.
public struct OrderPage: Sendable, Hashable {
    /// The orders, the newest first.
    public let orders: [OrderSummary]
    /// Where to read on; nil when this was the last page.
    public let next: DocumentCursor?
}

extension Orders {
    /// What a member has bought, the newest first: original price, discount, price paid and coupons of each order.
    ///
    /// Summaries follow the orders by way of the feed: see ``run()`` and ``catchUp()``.
    ///
    /// - Parameters:
    ///   - member: Who bought.
    ///   - actor: Who asks: that member, an operator or the system.
    ///   - cursor: Where the page before ended.
    ///   - limit: The most orders, 1 to ``pageLimit``.
    /// - Returns: A page of summaries.
    /// - Throws: ``OrdersError/forbidden(_:)``, or why the page cannot be read.
    public func tradeHistory(
        of member: MemberID,
        by actor: CommandActor,
        after cursor: DocumentCursor? = nil,
        limit: Int = 50
    ) async throws(OrdersError) -> OrderPage {
        try check(.readOrderHistory, actor, owner: member)
        return try await page(OrderKeySpace.buyerIndex, "\(member)", cursor, limit)
    }

    /// What a seller has sold, the newest first; for that seller, an operator or the system.
    public func sales(
        of seller: SellerID,
        by actor: CommandActor,
        after cursor: DocumentCursor? = nil,
        limit: Int = 50
    ) async throws(OrdersError) -> OrderPage {
        try check(.readSales, actor, seller: seller)
        return try await page(OrderKeySpace.sellerIndex, "\(seller)", cursor, limit)
    }

    private func page(
        _ index: String,
        _ key: String,
        _ cursor: DocumentCursor?,
        _ limit: Int
    ) async throws(OrdersError) -> OrderPage {
        var query = DocumentQuery.indexed(
            OrderKeySpace.summaries,
            by: index,
            prefix: [.text(key)],
            descending: true,
            limit: min(max(limit, 1), Self.pageLimit)
        )
        if let cursor { query = query.continued(from: cursor) }
        let slice = try await slice(query)
        return OrderPage(orders: try slice.documents.map(summary), next: slice.next)
    }

    func slice(_ query: DocumentQuery) async throws(OrdersError) -> DocumentSlice {
        try await archive.reading { () async throws(StoreError) in try await archive.store.documents(matching: query) }
    }

    func summary(_ document: StoredDocument) throws(OrdersError) -> OrderSummary {
        try archive.decoded(OrderSummary.self, from: document.body)
    }

    /// Keeps the summaries up to date until drained or cancelled; in any number of processes.
    public func run() async throws(ProjectionError) {
        try await summaries.run()
    }

    /// Lets ``run()`` finish its batch and return, and waits for that.
    public func drain() async {
        await summaries.drain()
    }

    /// Brings the summaries up to date with what happened until now.
    public func catchUp() async throws(OrdersError) {
        do throws(ProjectionError) {
            try await summaries.catchUp()
        } catch {
            switch error.cause {
            case .store(let failure): throw .failed(failure)
            case .contention(let conflict): throw .failed(.conflict(conflict))
            case .event: throw .failed(.notApplied(StoreFailure(.unreadable, error.description)))
            }
        }
    }
}
