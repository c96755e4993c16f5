public import MarketplaceCore

/// A proposal to order units of a SKU, with the facts it follows from.
public struct ReplenishmentProposal: Hashable, Sendable {
    /// The SKU.
    public let sku: SKU
    /// The units to order.
    public let quantity: Int64
    /// The stock it follows from.
    public let level: StockLevel
    /// The position it follows from: units promised to nobody and incoming ones, less those that are backordered.
    public let position: Int64
    /// The policy it follows from.
    public let policy: ReplenishmentPolicy
    /// What the order size alone would have asked for.
    public let wanted: Int64
    /// Why the quantity is another one than was wanted; empty when it is not.
    public let adjustments: Set<Adjustment>

    /// Why a quantity is another one than the order size asked for.
    public enum Adjustment: String, Hashable, Sendable, Codable {
        /// Fewer were wanted than an order must have.
        case raisedToMinimum = "raised to minimum"
        /// The last pack would have been broken.
        case roundedUpToPack = "rounded up to pack"
        /// More were wanted than an order may have.
        case loweredToMaximum = "lowered to maximum"
    }

    /// How many units the position is below the reorder point, at least one.
    public var shortfall: Int64 { policy.reorderPoint - position }
    /// The position once the order has been placed.
    public var positionAfterwards: Int64 { position + quantity }
    /// Whether another order will be proposed at once, because one may not be large enough.
    public var needsAnotherOrder: Bool { positionAfterwards < policy.reorderPoint }
    /// Whether what is promised to nobody, without what is incoming, is no more than the safety stock.
    public var isUrgent: Bool { level.unpromised <= policy.safetyStock }
}

extension ReplenishmentPolicy {
    /// The order to place now, if one is to be placed.
    ///
    /// What counts is the *position*: on hand − held − allocated + incoming −
    /// backordered. Units that are held are not counted on,
    /// since most holds end in a sale. There is no proposal while the position is at or above the reorder point, so
    /// that an order under way, once counted as incoming, does not lead to a second one.
    ///
    /// The quantity is the order size, raised to the least order, rounded up to whole packs, and lowered to the most
    /// packs that one order may have.
    ///
    /// - Throws: ``ReplenishmentRefusal`` when a figure of the level is out of range.
    public func proposal(
        for level: StockLevel
    ) throws(ReplenishmentRefusal) -> ReplenishmentProposal? {
        let largest = InventoryLimits.unitsOnHand
        guard level.incoming >= 0 else { throw .negative(.incoming) }
        guard level.incoming <= largest else { throw .tooLarge(.incoming) }
        // Each is bounded by itself first, so that no sum below can overflow.
        for figure in [level.onHand, level.held, level.allocated, level.backordered] {
            guard figure.magnitude <= largest.magnitude else { throw .tooLarge(.stock) }
        }
        let position = level.unpromised + level.incoming - level.backordered
        guard position < reorderPoint else { return nil }
        let wanted =
            switch orderSize {
            case .upTo(let target): target - position
            case .batches(let size): Self.multiple(of: size, atLeast: reorderPoint - position)
            }
        let (quantity, adjustments) = adjusted(wanted)
        return ReplenishmentProposal(
            sku: level.sku,
            quantity: quantity,
            level: level,
            position: position,
            policy: self,
            wanted: wanted,
            adjustments: adjustments
        )
    }

    private func adjusted(_ wanted: Int64) -> (Int64, Set<ReplenishmentProposal.Adjustment>) {
        let most = maximumOrder / packSize * packSize
        guard wanted <= most else { return (most, [.loweredToMaximum]) }
        var adjustments: Set<ReplenishmentProposal.Adjustment> = []
        if wanted < minimumOrder { adjustments.insert(.raisedToMinimum) }
        let raised = max(wanted, minimumOrder)
        // Never above `most`, which is a multiple itself and not below what is rounded up.
        let quantity = Self.multiple(of: packSize, atLeast: raised)
        if quantity != raised { adjustments.insert(.roundedUpToPack) }
        return (quantity, adjustments)
    }

    /// The smallest multiple of `size` that is not below a positive number; both are far from the end of 64 bits.
    private static func multiple(of size: Int64, atLeast number: Int64) -> Int64 {
        (number + size - 1) / size * size
    }
}
