public import MarketplaceCore

/// How often, and for how much, a promotion may be used in all; nil is no limit.
///
/// The engine refuses what is known to be used up (``PromotionUsage``), and lists what has to be set aside on counters
/// before an order may count on the discount (``QuotaClaim``). A promotion without limits claims nothing, so that no
/// counter becomes a bottleneck for it.
public struct PromotionLimits: Sendable, Hashable {
    /// How many orders may use it.
    public var total: Int64?
    /// How many orders of one member may use it; whoever has no member key is refused.
    public var perMember: Int64?
    /// How many orders with one value of a fact of the buyer may use it.
    public var perAttribute: AttributeLimit?
    /// How much it may take off over all orders.
    public var budget: Money?

    /// No limits, unless some are given.
    ///
    /// A limit of zero closes the promotion; none may be negative.
    public init(
        total: Int64? = nil,
        perMember: Int64? = nil,
        perAttribute: AttributeLimit? = nil,
        budget: Money? = nil
    ) {
        self.total = total
        self.perMember = perMember
        self.perAttribute = perAttribute
        self.budget = budget
    }

    /// No limits.
    public static let none = PromotionLimits()

    /// Whether there is no limit at all.
    public var isEmpty: Bool { total == nil && perMember == nil && perAttribute == nil && budget == nil }

    /// A limit for each value of a fact of the buyer: one use for each e-mail address, ten for each campus.
    public struct AttributeLimit: Sendable, Hashable {
        /// The name of the fact in ``BuyerFacts/attributes``.
        public var name: String
        /// How many orders with one value may use it.
        public var limit: Int64

        /// A limit for each value of the fact called `name`.
        public init(_ name: String, limit: Int64) {
            self.name = name
            self.limit = limit
        }
    }
}
