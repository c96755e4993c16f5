/// How far the units of a settled line have come.
///
/// Which units are taken is what the order takes: what is returned are the first units not yet returned, what is called
/// off before it is delivered are the last ones, and the units that are earned are those behind the returned ones. What
/// a delivery or a refund posts is the difference between where the line stood and where it stands then, so that all
/// postings of a line add up in whatever order they come.
public struct LineProgress: Sendable, Hashable {
    /// How many units came to the buyer, those that came back included.
    public internal(set) var delivered = 0
    /// How many were refunded that had not come to the buyer.
    public internal(set) var canceled = 0
    /// How many were refunded that had.
    public internal(set) var returned = 0

    /// How many were refunded.
    public var refunded: Int { canceled + returned }
    /// How many are earned.
    public var earned: Int { delivered - returned }
}
