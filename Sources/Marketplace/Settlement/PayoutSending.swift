public import MarketplaceDomain

/// What one look at the open payouts came to.
public struct PayoutSending: Sendable, Hashable {
    /// The payouts that reached their sellers.
    public internal(set) var paid: [PayoutID] = []
    /// The payouts that were refused; their amounts are owed again.
    public internal(set) var failed: [PayoutID] = []
    /// The payouts of which nobody knows yet; the next look asks again.
    public internal(set) var open: [PayoutID] = []
    /// The payouts of which something could not be read or recorded; the next look tries again.
    public internal(set) var failures: [PayoutID: SettlementError] = [:]
}
