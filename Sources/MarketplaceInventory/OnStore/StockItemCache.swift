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

    /// How a read ended.
    enum Ending {
        case found(Entry)
        /// There is none.
        case absent
        /// The store failed.
        case failed(InventoryError)
        /// It was cancelled.
        case missed
    }

    /// What is known of an item without reading it.
    enum Answer: Sendable {
        case known(Entry)
        /// Nobody reads it: the caller does, for those who come meanwhile as well, and has to say how it ended.
        case reads(Read)
        /// Somebody whose read began before the call found none: the caller looks for itself, and for nobody else.
        case perhapsAbsent
        /// Somebody could not read it.
        case failed(InventoryError)
        /// Whoever was to read it was cancelled, or the calling task was while it waited: the question can be asked again.
        case missed
    }

    /// Enough for the SKUs of a sale; the cache begins anew when there are more.
    private static let capacity = 10_000

    private typealias Waiter = CheckedContinuation<Answer, Never>

    private struct State {
        var entries: [SKU: Entry] = [:]
        var reads: [SKU: Read] = [:]
        /// Those who wait for a read, each by a number of its own.
        var waiting: [Read: [UInt64: Waiter]] = [:]
        var lastRead: UInt64 = 0

        /// What is known of an item; nil for whoever waits for somebody else.
        mutating func answer(for sku: SKU, or waiter: Waiter, _ number: UInt64) -> Answer? {
            if let entry = entries[sku] { return .known(entry) }
            if let read = reads[sku] {
                // A cancellation that came before this line found nobody to send away.
                if Task.isCancelled { return .missed }
                waiting[read, default: [:]][number] = waiter
                return nil
            }
            lastRead += 1
            let read = Read(number: lastRead)
            reads[sku] = read
            return .reads(read)
        }

        /// Keeps an item unless a newer one is kept, and no other where there is no room.
        mutating func keep(_ entry: Entry, of sku: SKU) {
            if let kept = entries[sku], kept.revision > entry.revision { return }
            if entries[sku] == nil, entries.count >= StockItemCache.capacity { entries.removeAll() }
            entries[sku] = entry
        }

        /// Takes somebody out who waits; nil when nobody does under that number.
        mutating func leave(_ number: UInt64) -> Waiter? {
            for read in waiting.keys {
                if let waiter = waiting[read]?.removeValue(forKey: number) { return waiter }
            }
            return nil
        }
    }

    private let state = Mutex(State())
    private let nextWaiter = Atomic<UInt64>(0)

    /// How many wait for somebody else; for tests.
    var waitingCount: Int { state.withLock { $0.waiting.values.reduce(0) { $0 + $1.count } } }

    /// What is known of an item; waits for whoever reads it already, until the task is cancelled.
    func answer(for sku: SKU) async -> Answer {
        if let entry = state.withLock({ $0.entries[sku] }) { return .known(entry) }
        let number = nextWaiter.add(1, ordering: .relaxed).newValue
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer = state.withLock { $0.answer(for: sku, or: continuation, number) }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            state.withLock { $0.leave(number) }?.resume(returning: .missed)
        }
    }

    /// Ends a read.
    func end(_ read: Read, of sku: SKU, with ending: Ending) {
        let waiting = state.withLock { state in
            // What was to be forgotten meanwhile is told to those who asked before, and not kept.
            if state.reads[sku] == read {
                state.reads[sku] = nil
                if case .found(let entry) = ending { state.keep(entry, of: sku) }
            }
            return state.waiting.removeValue(forKey: read) ?? [:]
        }
        let answer: Answer =
            switch ending {
            case .found(let entry): .known(entry)
            case .absent: .perhapsAbsent
            case .failed(let error): .failed(error)
            case .missed: .missed
            }
        for waiter in waiting.values { waiter.resume(returning: answer) }
    }

    /// Keeps an item that has just been written, so that nobody has to read it.
    func keep(_ entry: Entry, of sku: SKU) {
        state.withLock { $0.keep(entry, of: sku) }
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

    /// Forgets items that have turned out to be stale, and not what somebody has read since.
    func forget(stale items: RequestedItems) {
        state.withLock { state in
            for (sku, _, entry) in items.elements where state.entries[sku]?.revision == entry.revision {
                state.entries[sku] = nil
            }
        }
    }
}
