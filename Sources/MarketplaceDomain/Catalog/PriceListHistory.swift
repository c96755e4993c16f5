public import MarketplaceCore

/// The price lists under which a variant was on sale, and since when: which price applied to a purchase of the past.
///
/// ``PriceHistory`` answers what a reduction is announced against; this one answers why somebody paid what they paid.
public struct PriceListHistory: Sendable, Hashable {
    /// A price list from a time on.
    public struct Entry: Sendable, Hashable {
        /// The variant's own price; nil while it was not on sale.
        public let price: Money?
        /// The other prices, by group, quantity and time.
        public let tiers: [PriceTier]
        /// Since when.
        public let since: Timestamp
    }

    /// The most entries that are kept, after which the oldest go first: a change every other day for a year.
    public static let maximumEntries = 200

    /// The entries, the oldest first.
    public private(set) var entries: [Entry] = []

    /// The history of what was never on sale.
    public init() {}

    /// Takes note of a price list, or that it is not on sale.
    mutating func note(_ price: Money?, _ tiers: [PriceTier], at time: Timestamp) {
        let tiers = price == nil ? [] : tiers
        guard price != entries.last?.price || tiers != entries.last?.tiers ?? [] else { return }
        // A clock that was set back moves nothing back.
        let since = max(time, entries.last?.since ?? time)
        entries.append(Entry(price: price, tiers: tiers, since: since))
        if entries.count > Self.maximumEntries { entries.removeFirst() }
    }

    /// The price at which a buyer who was in these groups could have so many units at a point in time.
    ///
    /// - Parameters:
    ///   - groups: The buyer's groups.
    ///   - quantity: How many units.
    ///   - time: When.
    /// - Returns: The price; nil when it was not on sale then, or that is longer ago than what is kept.
    /// - Complexity: linear in the number of entries.
    public func price(
        for groups: Set<BuyerGroup> = [],
        taking quantity: Quantity,
        at time: Timestamp
    ) -> AppliedPrice? {
        guard let entry = entries.last(where: { $0.since <= time }), let price = entry.price else { return nil }
        return AppliedPrice(lowestOf: price, entry.tiers, for: groups, taking: quantity, at: time)
    }
}
