public import MarketplaceCore

/// Why there is no answer to a question about replenishment, with the facts.
public enum ReplenishmentRefusal: EffectStating, Hashable, Codable {
    /// The figure is below zero.
    case negative(Figure)
    /// The figure must be at least one.
    case notPositive(Figure)
    /// The exact result, or a figure on the way to it, is too large to be calculated with.
    case tooLarge(Figure)
    /// The costs are of two currencies.
    case currencyMismatch(Currency, Currency)
    /// No order has at least `minimum` and at most `maximum` units and is a multiple of `pack`.
    case noPossibleOrder(minimum: Int64, maximum: Int64, pack: Int64)
    /// An order up to that level would not reach the reorder point, so each order would be followed by another.
    case levelBelowReorderPoint(level: Int64, reorderPoint: Int64)

    /// A figure that goes into a formula or comes out of one.
    public enum Figure: String, Hashable, Sendable, Codable {
        /// Units wanted per day or year.
        case demand
        /// The standard deviation of the demand.
        case demandDeviation = "deviation of the demand"
        /// Days from the order to the arrival.
        case leadTime = "lead time"
        /// The standard deviation of the lead time.
        case leadTimeDeviation = "deviation of the lead time"
        /// The number of standard deviations that safety stock covers.
        case serviceFactor = "service factor"
        /// Units kept for what was not foreseen.
        case safetyStock = "safety stock"
        /// Units below which more are ordered.
        case reorderPoint = "reorder point"
        /// What one order costs, whatever its size.
        case orderingCost = "cost of an order"
        /// What keeping one unit for a year costs.
        case holdingCost = "cost of keeping a unit"
        /// Units of one order.
        case orderQuantity = "order quantity"
        /// The fewest units of one order.
        case minimumOrder = "least order"
        /// Units of one pack.
        case packSize = "pack size"
        /// Units that were ordered and have not arrived.
        case incoming = "incoming stock"
        /// Units on hand, held or allocated.
        case stock
    }

    /// The same question has the same answer.
    public var effect: EffectOutcome { .refused }
}

extension ReplenishmentRefusal: CustomStringConvertible {
    /// The reason, in a sentence.
    public var description: String {
        switch self {
        case .negative(let figure): "the \(figure.rawValue) is negative"
        case .notPositive(let figure): "the \(figure.rawValue) must be at least 1"
        case .tooLarge(let figure): "the \(figure.rawValue) is too large to be calculated with"
        case .currencyMismatch(let left, let right): "the costs are in \(left) and in \(right)"
        case .noPossibleOrder(let minimum, let maximum, let pack):
            "no multiple of \(pack) is at least \(minimum) and at most \(maximum)"
        case .levelBelowReorderPoint(let level, let reorderPoint):
            "an order up to \(level) does not reach the reorder point, \(reorderPoint)"
        }
    }
}
