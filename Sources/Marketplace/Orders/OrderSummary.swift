public import MarketplaceCore
public import MarketplaceDomain

/// One order as lists show it: what it came to, what was taken off, where it stands.
public struct OrderSummary: Sendable, Hashable, Codable {
    /// The order.
    public let order: OrderID
    /// The purchase of several sellers it is a part of, if it is one.
    public let group: OrderGroupID?
    /// Who bought.
    public let buyer: MemberID
    /// Who sells; nil for the platform itself, or several.
    public let seller: SellerID?
    /// Where it stands.
    public let status: OrderStatus
    /// When it was placed.
    public let placedAt: Timestamp
    /// What was ordered.
    public let lines: [OrderLine]
    /// What the goods that are still wanted cost before anything was taken off.
    public let originalPrice: Money
    /// What was taken off them and their shipping.
    public let discount: Money
    /// What was or is paid, shipping and tax included.
    public let pricePaid: Money
    /// What it owed to the buyer because something was called off, or as goodwill.
    public let refunded: Money
    /// The promotions that took something off.
    public let promotions: [PromotionID]
    /// The codes that brought them.
    public let coupons: [CouponCode]
    /// When its status ends by itself, if it does.
    public let dueAt: Timestamp?
    /// Whether it owes money to the buyer that was not given back yet.
    public let owesRefund: Bool
    /// Whether its stock has not followed yet; see ``Order/owesStock``.
    public let owesStock: Bool
}

extension OrderSummary {
    /// The summary of an order that exists; nil of one that does not, or whose sums do not fit.
    init?(_ order: Order) {
        guard let placed = order.placed, let status = order.status, let total = order.total else { return nil }
        let currency = total.currency
        var original = Money.zero(currency)
        var discount = Money.zero(currency)
        do throws(MoneyError) {
            for (line, units) in zip(order.lines, order.units) where status != .canceled {
                try original += line.unitPrice * units.owed
            }
            if status == .canceled { for line in order.lines { try original += line.total() } }
            for line in order.shares?.lines ?? [] {
                for run in line.runs { try discount += Money(minorUnits: run.discountMinor, currency) * run.units }
            }
            for charge in order.shares?.shipping ?? [] {
                try discount += Money(minorUnits: charge.discountMinor, currency)
            }
            refunded = try Money.sum(of: order.refunds.map(\.amount), in: currency)
        } catch {
            return nil
        }
        self.order = placed.orderID
        group = placed.groupID
        buyer = placed.buyerID
        seller = placed.sellerID
        self.status = status
        placedAt = placed.at
        lines = placed.lines
        originalPrice = original
        self.discount = discount
        pricePaid = total
        promotions = placed.shares?.promotions.map(\.promotion) ?? []
        coupons = placed.shares?.promotions.compactMap(\.code) ?? []
        dueAt = order.dueTime
        owesRefund = order.refunds.contains { !$0.isSettled }
        owesStock = order.owesStock
    }
}
