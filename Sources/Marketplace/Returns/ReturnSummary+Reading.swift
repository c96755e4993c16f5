import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

extension StoreService {
    /// Looks at all returns of an order, the oldest first, page by page.
    func forEachReturn(of order: OrderID, _ body: (ReturnSummary) -> Void) async throws(Failure) {
        var query = DocumentQuery.indexed(
            ReturnArchive.summaries,
            by: ReturnSummary.orderIndex,
            prefix: [.id(order)],
            limit: Returns.pageLimit
        )
        while true {
            let page = try await page(of: query, as: ReturnSummary.self)
            page.values.forEach(body)
            guard let next = page.next else { return }
            query = query.continued(from: next)
        }
    }
}
