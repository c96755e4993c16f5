public import MarketplaceCore

/// The subject of keys that fencing tokens are compared under.
public enum FenceSubject {}

/// What a lease guards: fencing tokens are compared per key.
public typealias FenceKey = TextKey<FenceSubject>

/// A number that rises with every lease given on a key, so that a holder who lost its lease is recognised.
///
/// It never goes back, whatever is deleted, expires or restarts.
public struct FencingToken: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The number.
    public let value: UInt64

    /// Makes a token of a number.
    public init(_ value: UInt64) {
        self.value = value
    }

    /// Whether the left one was given earlier.
    public static func < (lhs: FencingToken, rhs: FencingToken) -> Bool {
        lhs.value < rhs.value
    }

    /// The number as text.
    public var description: String { String(value) }
}
