import MarketplaceStorage
import Synchronization

/// Fencing tokens that rise from 1.
final class RisingTokens: Sendable {
    private let last = Mutex<UInt64>(0)

    func next() -> FencingToken {
        last.withLock { last in
            last += 1
            return FencingToken(last)
        }
    }
}
