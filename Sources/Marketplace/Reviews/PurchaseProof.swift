public import MarketplaceDomain
public import MarketplaceStorage

/// Tells whether a member bought a product, for whoever ties something to a purchase.
public protocol PurchaseProof: Sendable {
    /// An order in which the member bought the product and got it; nil when there is none.
    func purchase(of product: ProductID, by member: MemberID) async throws(StoreError) -> OrderID?
}
