public import MarketplaceCore

/// What one lease is asked for: one key or several, each once, in the one order that every holder uses.
///
/// The total order (bytes of UTF-8) is what keeps two holders of overlapping keys from waiting for each other.
public struct LockKeys: Hashable, Sendable {
    /// The keys, in ascending order.
    public let sorted: [FenceKey]

    /// The most keys of one lease: the lines of the largest order and a few more, and far below the parts of one
    /// transaction.
    public static let maximumCount = 1_024

    /// One key.
    public init(_ key: FenceKey) {
        sorted = [key]
    }

    /// Several keys; a key that occurs twice counts once.
    ///
    /// - Throws: ``LockError/Code/invalid`` when there are none, or more than ``maximumCount``.
    public init(_ keys: some Swift.Sequence<FenceKey>) throws(LockError) {
        let unique = Set(keys)
        guard !unique.isEmpty, unique.count <= Self.maximumCount else {
            throw LockError(.invalid, "a lease has 1 to \(Self.maximumCount) keys, not \(unique.count)")
        }
        sorted = unique.sorted()
    }
}

extension LockKeys: CustomStringConvertible {
    /// The keys, separated by commas.
    public var description: String { sorted.map(\.text).joined(separator: ", ") }
}
