public import MarketplaceCore

/// The amounts of one payment, all in one currency and none below zero.
public struct PaymentAmounts: Sendable, Hashable {
    /// How much the gateway set aside.
    public internal(set) var authorized: Money
    /// How much of it was taken.
    public internal(set) var captured: Money
    /// How much of it was set free again.
    public internal(set) var voided: Money
    /// How much was given back.
    public internal(set) var refunded: Money
    /// How much is on its way back.
    public internal(set) var pendingRefunds: Money

    init(_ zero: Money) {
        authorized = zero
        captured = zero
        voided = zero
        refunded = zero
        pendingRefunds = zero
    }

    /// How much can still be taken.
    public func capturable() throws(MoneyError) -> Money {
        try authorized - captured - voided
    }

    /// How much can still be given back.
    public func refundable() throws(MoneyError) -> Money {
        try captured - refunded - pendingRefunds
    }

    /// Whether all that was captured was given back, and nothing more can be captured.
    var nothingIsKept: Bool {
        // Amounts beyond Int64 cannot be recorded, so wrapping sums still compare equal only when they are.
        captured == refunded && captured.minorUnits &+ voided.minorUnits == authorized.minorUnits
    }
}
