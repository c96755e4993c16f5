package import MarketplaceCore

/// The keys of the last commands, by which a repetition is recognised.
package struct RecentKeys: Sendable, Hashable, Codable {
    /// How many are remembered: more than a client has on the way at once.
    package static let maximum = 32

    private var keys: [IdempotencyKey] = []

    package init() {}

    package func contains(_ key: IdempotencyKey) -> Bool { keys.contains(key) }

    package mutating func remember(_ key: IdempotencyKey) {
        keys.append(key)
        if keys.count > Self.maximum { keys.removeFirst() }
    }

    package init(from decoder: any Decoder) throws {
        keys = try decoder.singleValueContainer().decode([IdempotencyKey].self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(keys)
    }
}
