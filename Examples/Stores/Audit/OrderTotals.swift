/// The orders of a sale beside what was paid and promised for them; amounts are in minor units.
public struct OrderTotals: Sendable, Hashable {
    /// How many orders are confirmed.
    public var confirmedCount: Int64
    /// What the confirmed orders come to.
    public var confirmedMinor: Int64
    /// How many orders are neither confirmed nor failed.
    public var pendingCount: Int64
    /// How many payments are captured.
    public var capturedCount: Int64
    /// What was captured.
    public var capturedMinor: Int64
    /// How many payments are neither captured nor at an end otherwise.
    public var openPaymentCount: Int64
    /// How many confirmed orders have no captured payment of their amount.
    public var unpaidCount: Int64
    /// How many confirmed orders have no allocated reservation.
    public var unallocatedCount: Int64
    /// How many open reservations have no confirmed order.
    public var unorderedCount: Int64

    /// Makes totals.
    public init(
        confirmedCount: Int64,
        confirmedMinor: Int64,
        pendingCount: Int64,
        capturedCount: Int64,
        capturedMinor: Int64,
        openPaymentCount: Int64,
        unpaidCount: Int64,
        unallocatedCount: Int64,
        unorderedCount: Int64
    ) {
        self.confirmedCount = confirmedCount
        self.confirmedMinor = confirmedMinor
        self.pendingCount = pendingCount
        self.capturedCount = capturedCount
        self.capturedMinor = capturedMinor
        self.openPaymentCount = openPaymentCount
        self.unpaidCount = unpaidCount
        self.unallocatedCount = unallocatedCount
        self.unorderedCount = unorderedCount
    }
}
