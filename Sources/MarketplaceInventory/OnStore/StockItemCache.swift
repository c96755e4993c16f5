import MarketplaceCore
import MarketplaceStorage
import Synchronization

/// The items that were read last, each read once for all who ask for it meanwhile.
///
/// Whoever relies on one guards its revision, so a stale one costs a second attempt. That a SKU is unknown cannot be
/// guarded: it is not kept, and nobody takes somebody else's word for it.
final class StockItemCache: Sendable {
    struct Entry: Sendable {
        let revision: DocumentRevision
        let item: StockItemDocument
    }

    /// Names a read that somebody does for all who come meanwhile.
    struct Read: Hashable {
        fileprivate let number: UInt64
    }

    /// What is known of an item without reading it.
    enum Answer: Sendable {
        case known(Entry)
        /// Nobody reads it: the caller does, for those who come meanwhile as well, and has to say how it ended.
        case reads(Read)
        /// Somebody has read it, and found nothing to rely on.
        case nothing
    }

    /// Enough for the SKUs of a sale; the cache begins anew when there are more.
    private static let capacity = 10_000

    private struct State {
        var entries: [SKU: Entry] = [:]
        var reads: [SKU: Read] = [:]
        var waiting: [Read: [CheckedContinuation<Answer, Never>]] = [:]
        var lastRead: UInt64 = 0

        /// What is known of an item; nil for whoever waits for somebody else.
        mutating func answer(for sku: SKU, or continuation: CheckedContinuation<Answer, Never>) -> Answer? {
            if let entry = entries[sku] { return .known(entry) }
            if let read = reads[sku] {
                waiting[read, default: []].append(continuation)
                return nil
            }
            lastRead += 1
            let read = Read(number: lastRead)
            reads[sku] = read
            return .reads(read)
        }
    }

    private let state = Mutex(State())

    /// How many wait for somebody else; for tests.
    var waitingCount: Int { state.withLock { $0.waiting.values.reduce(0) { $0 + $1.count } } }

    /// What is known of an item; waits for whoever reads it already.
    func answer(for sku: SKU) async -> Answer {
        if let entry = state.withLock({ $0.entries[sku] }) { return .known(entry) }
        return await withCheckedContinuation { continuation in
            let answer = state.withLock { $0.answer(for: sku, or: continuation) }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// Ends a read: with an entry, or with none when it failed or there is none.
    func end(_ read: Read, of sku: SKU, with entry: Entry?) {
        let waiting = state.withLock { state in
            // One that was to be forgotten meanwhile is told to those who asked before, and not kept.
            if state.reads[sku] == read {
                state.reads[sku] = nil
                if state.entries.count >= Self.capacity { state.entries.removeAll() }
                state.entries[sku] = entry
            }
            return state.waiting.removeValue(forKey: read) ?? []
        }
        let answer = entry.map(Answer.known) ?? .nothing
        for continuation in waiting { continuation.resume(returning: answer) }
    }

    /// Lets the next who asks for them read them.
    func forget(_ skus: some Sequence<SKU>) {
        state.withLock { state in
            for sku in skus {
                state.entries[sku] = nil
                state.reads[sku] = nil
            }
        }
    }
}
