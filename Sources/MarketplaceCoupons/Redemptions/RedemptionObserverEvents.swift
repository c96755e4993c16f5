public import MarketplaceCore

/// A sweep has ended overdue holds of limits and coupons.
public struct RedemptionsExpired: ObserverEvent {
    /// How many.
    public let count: Int

    /// The stable name of the event.
    public static let name = "coupons.holds.expired"

    /// The count as a field.
    public var attributes: [ObserverAttribute] { [.field("count", .integer(Int64(count)))] }
}

/// A sweep of redemptions failed.
public struct RedemptionSweepFailed: ObserverEvent {
    /// Why.
    public let error: CouponError

    /// The stable name of the event.
    public static let name = "coupons.sweep.failed"

    /// Whether another sweep follows as a label, the reason as a field.
    public var attributes: [ObserverAttribute] {
        [.label("next", error.isRetriable ? "retry" : "end"), .field("reason", .text("\(error)"))]
    }
}
