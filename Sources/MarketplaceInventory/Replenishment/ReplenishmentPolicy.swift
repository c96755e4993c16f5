/// When units of a SKU are ordered, and how many: a value that proposals follow from.
public struct ReplenishmentPolicy: Hashable, Sendable {
    /// Units are ordered when the position is below it.
    public let reorderPoint: Int64
    /// The units kept for what was not foreseen: what is available at or below it makes a proposal urgent.
    public let safetyStock: Int64
    /// How many units an order is for.
    public let orderSize: ReplenishmentOrderSize
    /// The fewest units of one order.
    public let minimumOrder: Int64
    /// The most units of one order.
    public let maximumOrder: Int64
    /// An order is a multiple of it.
    public let packSize: Int64

    /// Makes a policy.
    ///
    /// - Parameters:
    ///   - reorderPoint: The position below which units are ordered; see
    ///     ``Replenishment/reorderPoint(for:safetyStock:)``.
    ///   - safetyStock: The units kept for what was not foreseen.
    ///   - orderSize: How many units an order is for.
    ///   - minimumOrder: The fewest units of one order.
    ///   - maximumOrder: The most units of one order.
    ///   - packSize: What an order is a multiple of.
    /// - Throws: ``ReplenishmentRefusal`` when a figure is out of its range, when no order can meet all bounds, or
    ///   when orders up to the level would not reach the reorder point.
    public init(
        reorderPoint: Int64,
        safetyStock: Int64,
        orderSize: ReplenishmentOrderSize,
        minimumOrder: Int64 = 1,
        maximumOrder: Int64 = InventoryLimits.unitsOnHand,
        packSize: Int64 = 1
    ) throws(ReplenishmentRefusal) {
        guard reorderPoint >= 0 else { throw .negative(.reorderPoint) }
        guard reorderPoint <= InventoryLimits.unitsOnHand else { throw .tooLarge(.reorderPoint) }
        guard safetyStock >= 0 else { throw .negative(.safetyStock) }
        guard safetyStock <= InventoryLimits.unitsOnHand else { throw .tooLarge(.safetyStock) }
        guard minimumOrder >= 1 else { throw .notPositive(.minimumOrder) }
        guard packSize >= 1 else { throw .notPositive(.packSize) }
        guard maximumOrder <= InventoryLimits.unitsOnHand else { throw .tooLarge(.orderQuantity) }
        guard maximumOrder / packSize * packSize >= minimumOrder else {
            throw .noPossibleOrder(minimum: minimumOrder, maximum: maximumOrder, pack: packSize)
        }
        switch orderSize {
        case .upTo(let level):
            guard level >= reorderPoint else {
                throw .levelBelowReorderPoint(level: level, reorderPoint: reorderPoint)
            }
            guard level <= InventoryLimits.unitsOnHand else { throw .tooLarge(.orderQuantity) }
        case .batches(let size):
            guard size >= 1 else { throw .notPositive(.orderQuantity) }
            guard size <= InventoryLimits.unitsOnHand else { throw .tooLarge(.orderQuantity) }
        }
        self.init(
            unchecked: orderSize,
            points: (reorderPoint, safetyStock),
            bounds: (minimumOrder, maximumOrder),
            packSize: packSize
        )
    }

    private init(
        unchecked orderSize: ReplenishmentOrderSize,
        points: (reorder: Int64, safety: Int64),
        bounds: (minimum: Int64, maximum: Int64),
        packSize: Int64
    ) {
        reorderPoint = points.reorder
        safetyStock = points.safety
        self.orderSize = orderSize
        minimumOrder = bounds.minimum
        maximumOrder = bounds.maximum
        self.packSize = packSize
    }

    /// For a SKU nobody has looked at: below 20 units an order up to 100, of 10 to 100 units, with 5 for the unforeseen.
    public static let standard = ReplenishmentPolicy(
        unchecked: .upTo(level: 100),
        points: (reorder: 20, safety: 5),
        bounds: (minimum: 10, maximum: 100),
        packSize: 1
    )
}

extension ReplenishmentPolicy: Codable {
    private enum CodingKeys: String, CodingKey {
        case reorderPoint, safetyStock, orderSize, minimumOrder, maximumOrder, packSize
    }

    /// Reads the figures, and checks them.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        do {
            try self.init(
                reorderPoint: container.decode(Int64.self, forKey: .reorderPoint),
                safetyStock: container.decode(Int64.self, forKey: .safetyStock),
                orderSize: container.decode(ReplenishmentOrderSize.self, forKey: .orderSize),
                minimumOrder: container.decode(Int64.self, forKey: .minimumOrder),
                maximumOrder: container.decode(Int64.self, forKey: .maximumOrder),
                packSize: container.decode(Int64.self, forKey: .packSize)
            )
        } catch let refusal as ReplenishmentRefusal {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "\(refusal)")
            )
        }
    }
}
