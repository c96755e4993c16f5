/// A place in the feed: comparable, otherwise opaque.
///
/// The two numbers are an adapter's own (PostgreSQL: transaction and sequence; others: 0 and a running number).
/// Positions of different stores have nothing to do with each other.
public struct FeedPosition: Hashable, Sendable, Codable {
    /// The number that is compared first; for adapters.
    public let major: UInt64
    /// The number that is compared second; for adapters.
    public let minor: UInt64

    /// Makes a position; for adapters.
    public init(major: UInt64 = 0, minor: UInt64) {
        self.major = major
        self.minor = minor
    }

    /// Before the first event.
    public static let start = FeedPosition(minor: 0)
}

extension FeedPosition: Comparable {
    /// Whether the left one comes first.
    public static func < (lhs: FeedPosition, rhs: FeedPosition) -> Bool {
        (lhs.major, lhs.minor) < (rhs.major, rhs.minor)
    }
}

extension FeedPosition: CustomStringConvertible {
    /// Both numbers, with a dot between them.
    public var description: String { "\(major).\(minor)" }
}
