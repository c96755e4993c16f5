import MarketplaceCore

/// The 256 secret bits that the codes of one batch follow from.
struct CodeSeed: Codable, Hashable, Sendable {
    // Four fields and no array: a damaged document has another number of them no more than it has none.
    private let first: UInt64
    private let second: UInt64
    private let third: UInt64
    private let fourth: UInt64

    init(_ random: any RandomSource) {
        first = random.next()
        second = random.next()
        third = random.next()
        fourth = random.next()
    }

    /// The bits as the eight words of a key.
    var key: [UInt32] {
        [first, second, third, fourth].flatMap {
            [UInt32(truncatingIfNeeded: $0), UInt32(truncatingIfNeeded: $0 >> 32)]
        }
    }
}
