public import MarketplaceStorage

/// A fencing token of a write: who holds the key now, and what its holder saw when it read.
///
/// It is not enough that a table refuses a token lower than the highest it was ever shown. A holder that is paused
/// between its read and its write may lose the lease to a second one that reads the same rows; if the first one then
/// wakes and writes, its token is still the highest that was shown, and what the second one writes next is built on
/// rows that are no longer true. So a write also says which token it **saw**, and is refused when that has changed.
public struct StockFence: Hashable, Sendable, Codable {
    /// The key that was locked.
    public let key: FenceKey
    /// The token that was kept for the key when the rows were read; nil when none was.
    public let seen: FencingToken?
    /// The token of the lease, which is higher.
    public let token: FencingToken

    /// Makes a fence.
    public init(_ key: FenceKey, seen: FencingToken?, token: FencingToken) {
        self.key = key
        self.seen = seen
        self.token = token
    }
}
