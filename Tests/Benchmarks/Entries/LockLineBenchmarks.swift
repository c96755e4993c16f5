import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage
import Synchronization

/// A thousand waiters on one key: it goes from hand to hand, and each holds it for nothing.
///
/// All stand in line before the round begins, behind a holder. The round is from the holder's release until the last
/// waiter has released, and a wait is from that first release until a waiter has the key.
enum LockLineBenchmarks {
    static let all = [inMemory, store]

    private static let key: FenceKey = "order/4711"
    private static let lease = Duration.seconds(600)
    private static let patience = Duration.seconds(600)
    private static let workload = Workload(operations: 1_000)

    private static let inMemory = Benchmark(
        name: "locks/line/in-memory",
        summary: "1,000 waiters acquire a lease on one key in the order they came, and release it; in memory",
        workload: workload,
        subject: .library(waiting: { workload in
            let provider = InMemoryLockProvider()
            return try await round(provider, workload) { provider.waiterCount }
        }),
        baseline: rawLimit,
        bar: .atLeast(thousandths: 150, "waiting takes no task and no timer of one's own")
    )

    /// Who waits for a document looks again now and then, in no order, so there is no line to wait for.
    private static let store = Benchmark(
        name: "locks/line/store",
        summary: "1,000 waiters acquire a lease on one key in any order, and release it; in the in-memory store",
        workload: workload,
        subject: .library(waiting: { workload in
            let provider = StoreLockProvider(
                store: InMemoryStore(),
                identifiers: TimeOrderedIdentifiers(clock: SystemWallClock())
            )
            return try await round(provider, workload, waiterCount: nil)
        }),
        baseline: rawLimit
    )

    private static let rawLimit = Program.rawLimit(waiting: { workload in
        let line = RawLockLine()
        let turns = LockTurns(workload.operations)
        await line.acquire()
        var waiters: [Task<Void, Never>] = []
        for index in 0..<workload.operations {
            waiters.append(
                Task {
                    await line.acquire()
                    turns.take(by: index)
                    line.release()
                }
            )
            while line.waiterCount <= index { await Task.yield() }
        }
        return { [waiters] in
            turns.begin()
            line.release()
            for waiter in waiters { await waiter.value }
            return turns.answer(isInOrder: true)
        }
    })

    /// Lines everybody up; in order where `waiterCount` tells how many stand in line.
    private static func round(
        _ provider: some LockProvider,
        _ workload: Workload,
        waiterCount: (() -> Int)?
    ) async throws -> Program.Round {
        let keys = LockKeys(key)
        let turns = LockTurns(workload.operations)
        let first = try await provider.acquire(keys, lease: lease, wait: .zero).lease
        var waiters: [Task<Void, any Error>] = []
        for index in 0..<workload.operations {
            waiters.append(
                Task {
                    guard let lease = try await provider.acquire(keys, lease: lease, wait: patience).lease else {
                        return
                    }
                    turns.take(by: index)
                    try await lease.release()
                }
            )
            if let waiterCount {
                while waiterCount() <= index { await Task.yield() }
            }
        }
        let isInOrder = waiterCount != nil
        return { [waiters] in
            turns.begin()
            try await first?.release()
            for waiter in waiters { try await waiter.value }
            return turns.answer(isInOrder: isInOrder)
        }
    }
}
