import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import MarketplaceTestKit
import Synchronization

/// Collects what happens, in order.
final class Journal<Entry: Sendable>: Sendable {
    private let state = Mutex<[Entry]>([])

    var entries: [Entry] { state.withLock { $0 } }

    func append(_ entry: Entry) {
        state.withLock { $0.append(entry) }
    }
}

/// What most tests of this folder stand on: a manual clock, an in-memory store behind faults, and identifiers.
struct World: Sendable {
    let clock = ManualClock()
    let identifiers = SeededIdentifiers(seed: 1)
    let base: InMemoryStore
    let store: FaultInjectingStore

    init() {
        base = InMemoryStore(wallClock: clock.wall, clock: clock)
        store = FaultInjectingStore(base)
    }

    /// Lets the commits with these numbers, from 1 and counted from now on, end in `fault`.
    func fail(_ commits: some Sequence<Int>, with fault: CommitFault) {
        store.reset()
        store.inject(fault, atCommits: commits)
    }

    /// Records events named `e1`, `e2`, … whose payload is their number, over the given streams in turn.
    func record(_ numbers: ClosedRange<Int>, in streams: [StreamID] = [StreamID("order", "a")]) async throws {
        for number in numbers {
            var transaction = Transaction(id: identifiers.next(), time: clock.wall.now)
            let draft = EventDraft(id: identifiers.next(), name: "e\(number)", payload: [UInt8(number)])
            transaction.append([draft], to: streams[number % streams.count], expecting: .any)
            _ = try await base.commit(transaction)
        }
    }
}
