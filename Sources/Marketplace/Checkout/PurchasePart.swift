public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

/// What one seller sells of a purchase of several.
public struct PurchasePart: Sendable, Hashable {
    /// The order it is bought under.
    public let order: OrderID
    /// Who sells it; nil for the platform itself.
    public let seller: SellerID?
    /// What is bought.
    public let lines: [OrderLine]
    /// What each unit is sold for; nil where that is its price.
    public let shares: FrozenShares?
    /// The shipping charges among its shares that are the group's, not the seller's.
    public let groupCharges: [BasketLineID]
    /// What it comes to.
    public let total: Money

    /// The order as its group lists it.
    var grouped: GroupedOrder { GroupedOrder(orderID: order, sellerID: seller, total: total) }
}

extension Identifier where Subject == Order {
    /// The order of one seller within a purchase: the same whenever it is asked for, so that every restart finds it.
    ///
    /// - Parameters:
    ///   - seller: Who sells; nil for the platform itself.
    ///   - purchase: The id of the request, which is the group's.
    public init(of seller: SellerID?, in purchase: OrderID) {
        let name = seller.map { "\($0)" } ?? "platform"
        self.init(bits: TransactionID(derivedFrom: "order of a group", "\(purchase)", name).bits)
    }
}

extension Identifier where Subject == OrderGroup {
    /// The group of a purchase: it has the bits of the request's id.
    public init(of purchase: OrderID) {
        self.init(bits: purchase.bits)
    }
}
