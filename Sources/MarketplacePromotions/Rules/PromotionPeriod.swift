public import MarketplaceCore

/// When a promotion runs: from a moment on, until just before another; a missing end is no end.
///
/// A period that is over at midnight of 31 March in Seoul has `until` at `2026-04-01T00:00:00+09:00`: the end itself is
/// no part of it, so that periods that follow each other neither overlap nor leave a gap.
public struct PromotionPeriod: Sendable, Hashable {
    /// The first moment of it.
    public var from: Timestamp?
    /// The first moment behind it.
    public var until: Timestamp?

    /// A period.
    public init(from: Timestamp? = nil, until: Timestamp? = nil) {
        self.from = from
        self.until = until
    }

    /// For ever.
    public static let always = PromotionPeriod()
}
