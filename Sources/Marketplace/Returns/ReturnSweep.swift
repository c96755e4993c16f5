public import MarketplaceDomain

/// What a sweep over returns has done.
public struct ReturnSweep: Sendable {
    /// Returns that were given up, because the goods were not sent.
    public internal(set) var expired = 0
    /// Returns that were settled.
    public internal(set) var settled = 0
    /// What did not come through, by the return, in the order it was tried; the next sweep tries again.
    public internal(set) var failures: [(id: ReturnID, error: ReturnsError)] = []
}
