import MarketplaceStorage
import Synchronization

/// How far a feed must reach, because receipts told so.
final class FeedReach: Sendable {
    private let state = Mutex(FeedPosition.start)

    /// The highest position a receipt told.
    var position: FeedPosition { state.withLock { $0 } }

    /// Notes the position of a receipt.
    func extend(to position: FeedPosition) {
        state.withLock { $0 = max($0, position) }
    }
}
