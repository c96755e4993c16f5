public import MarketplaceCore

/// A sweep has ended overdue holds.
public struct HoldsExpired: ObserverEvent {
    /// How many.
    public let count: Int

    /// The stable name of the event.
    public static let name = "inventory.holds.expired"

    /// The count as a field.
    public var attributes: [ObserverAttribute] { [.field("count", .integer(Int64(count)))] }
}

/// A sweep failed.
public struct SweepFailed: ObserverEvent {
    /// Why.
    public let error: InventoryError

    /// The stable name of the event.
    public static let name = "inventory.sweep.failed"

    /// Whether another sweep follows as a label, the reason as a field.
    public var attributes: [ObserverAttribute] {
        [
            .label("next", error.isRetriable ? "retry" : "end"), .field("reason", .text("\(error)")),
        ]
    }
}
