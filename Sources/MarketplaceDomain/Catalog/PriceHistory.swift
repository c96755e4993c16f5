public import MarketplaceCore

/// At which prices a variant was on sale, and since when.
///
/// It answers what Article 6a of Directive 98/6/EC asks of whoever announces a price reduction: the lowest price that
/// was applied during the 30 days before it.
public struct PriceHistory: Sendable, Hashable {
    /// A price from a time on.
    public struct Entry: Sendable, Hashable {
        /// The price; nil while it was not on sale.
        public let price: Money?
        /// Since when.
        public let since: Timestamp
    }

    /// How far back the prior price of a reduction looks: Directive 98/6/EC, Article 6a(2).
    public static let referencePeriod = Duration.days(30)
    /// The most entries that are kept: seven changes a day for 30 days.
    ///
    /// With more, the two oldest become one with the lower price, so that no prior price is overstated.
    public static let maximumEntries = 210

    /// The entries that matter for the price of now, the oldest first.
    public private(set) var entries: [Entry] = []

    /// The history of what was never on sale.
    public init() {}

    /// Takes note of a price, or that it is not on sale.
    mutating func note(_ price: Money?, at time: Timestamp) {
        guard price != entries.last?.price else { return }
        // A clock that was set back moves nothing back.
        entries.append(Entry(price: price, since: max(time, entries.last?.since ?? time)))
        let start = Self.start(before: entries[entries.count - 1].since)
        while entries.count > 1, entries[1].since <= start { entries.removeFirst() }
        if entries.count > Self.maximumEntries {
            let lower = [entries[0].price, entries[1].price].compactMap { $0 }.min { $0.minorUnits < $1.minorUnits }
            entries.replaceSubrange(0...1, with: [Entry(price: lower, since: entries[0].since)])
        }
    }

    /// What a reduction is to be announced against; nil when nothing is reduced.
    ///
    /// The lowest price in the 30 days before the price of now began to apply, when that is higher than the price of
    /// now.
    public var priorPrice: Money? {
        guard let current = entries.last, let price = current.price else { return nil }
        let start = Self.start(before: current.since)
        var lowest: Money?
        for (entry, next) in zip(entries, entries.dropFirst()) where next.since > start {
            guard let past = entry.price, past.minorUnits < lowest?.minorUnits ?? .max else { continue }
            lowest = past
        }
        guard let lowest, lowest.minorUnits > price.minorUnits else { return nil }
        return lowest
    }

    private static func start(before time: Timestamp) -> Timestamp {
        time.advanced(by: .zero - referencePeriod)
    }
}
