public import MarketplaceCore

/// What a SKU is sold on, checked in the same step as its stock.
///
/// Without terms, anything goes.
public struct SaleTerms: Hashable, Sendable, Codable {
    /// The first moment of the sale; nil for "always was".
    public var opensAt: Timestamp?
    /// The first moment after the sale; nil for "never ends".
    public var closesAt: Timestamp?
    /// How many units one member may have, held, allocated and shipped together; nil for any number.
    ///
    /// Released and expired units are given back. Counting begins when a limit is set where there was none, and what
    /// was counted is forgotten when the limit is taken away.
    public var perMemberLimit: Quantity?
    /// The fewest units of one reservation; nil for one.
    public var minimumPerPurchase: Quantity?
    /// The most units of one reservation; nil for any number.
    public var maximumPerPurchase: Quantity?
    /// The units that are kept back at each location: nobody can reserve them.
    public var safetyStock: SafetyStock
    /// Whether more may be promised than is there, and until when it comes; nil for "only what is there".
    public var backorders: BackorderTerms?

    /// Makes terms.
    public init(
        opensAt: Timestamp? = nil,
        closesAt: Timestamp? = nil,
        perMemberLimit: Quantity? = nil,
        minimumPerPurchase: Quantity? = nil,
        maximumPerPurchase: Quantity? = nil,
        safetyStock: SafetyStock = .none,
        backorders: BackorderTerms? = nil
    ) {
        self.opensAt = opensAt
        self.closesAt = closesAt
        self.perMemberLimit = perMemberLimit
        self.minimumPerPurchase = minimumPerPurchase
        self.maximumPerPurchase = maximumPerPurchase
        self.safetyStock = safetyStock
        self.backorders = backorders
    }

    /// No window and no limits.
    public static let unrestricted = SaleTerms()

    /// Why `quantity` units cannot be sold at `time`; nil when window and purchase quantity allow it.
    ///
    /// The rest of a purchase that met the minimum when it was made need not meet it again.
    func refusal(
        of sku: SKU,
        quantity: Int64,
        isRemainder: Bool = false,
        at time: Timestamp
    ) -> InventoryRefusal? {
        if let opensAt, time < opensAt { return .saleNotOpen(sku, opensAt: opensAt) }
        if let closesAt, time >= closesAt { return .saleClosed(sku, closedAt: closesAt) }
        if !isRemainder, let minimum = minimumPerPurchase, quantity < Int64(minimum.value) {
            return .belowMinimum(sku, minimum: Int64(minimum.value), requested: quantity)
        }
        if let maximum = maximumPerPurchase, quantity > Int64(maximum.value) {
            return .aboveMaximum(sku, maximum: Int64(maximum.value), requested: quantity)
        }
        return nil
    }

    /// Checks that the terms can be met at all.
    func validate(for sku: SKU) throws(InventoryError) {
        if let opensAt, let closesAt, closesAt <= opensAt { throw .refused(.contradictoryTerms(sku)) }
        let least = minimumPerPurchase ?? .one
        for most in [maximumPerPurchase, perMemberLimit] {
            if let most, most < least { throw .refused(.contradictoryTerms(sku)) }
        }
        guard safetyStock.isValid else { throw .refused(.contradictoryTerms(sku)) }
    }
}
