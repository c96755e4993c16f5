import Synchronization

/// Small programs that have a data race or have none; the sanitizer has to tell which.
enum PlantedProgram: String, CaseIterable {
    /// Two tasks that fight for one lock, which guards all they share.
    case contendedLock = "contended-lock"
    /// A value that is handed over by an atomic flag.
    case releasedFlag = "released-flag"
    /// A value that is handed to a task and back.
    case awaitedTask = "awaited-task"
    /// One of two tasks forgets the lock.
    case forgottenLock = "forgotten-lock"
    /// Two tasks take two different locks for one value.
    case wrongLock = "wrong-lock"
    /// A value that is handed over by an atomic flag which orders nothing.
    case relaxedFlag = "relaxed-flag"

    private static let rounds = 20_000

    func run() async {
        let shared = SharedState()
        switch self {
        case .contendedLock:
            await both { side in
                await shared.meet()
                for round in 0..<Self.rounds { shared.guarded.withLock { $0[round % 7, default: 0] += side } }
            }
        case .releasedFlag: await handOver(shared, storing: .releasing)
        case .relaxedFlag: await handOver(shared, storing: .relaxed)
        case .awaitedTask: await handToTask(shared)
        case .forgottenLock:
            await both { side in
                await shared.meet()
                for _ in 0..<Self.rounds {
                    if side == 0 { shared.lock.withLock { _ in shared.unguarded += 1 } } else { shared.unguarded += 1 }
                }
            }
        case .wrongLock:
            await both { side in
                await shared.meet()
                for _ in 0..<Self.rounds {
                    if side == 0 {
                        shared.lock.withLock { _ in shared.unguarded += 1 }
                    } else {
                        shared.guarded.withLock { _ in shared.unguarded += 1 }
                    }
                }
            }
        }
    }

    private func both(_ body: @escaping @Sendable (Int) async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for side in 0..<2 { group.addTask { await body(side) } }
        }
    }

    private func handOver(_ shared: SharedState, storing order: AtomicStoreOrdering) async {
        await both { side in
            await shared.meet()
            if side == 0 {
                shared.unguarded = 1
                // The ordering of an atomic operation has to be a literal.
                if order == .releasing {
                    shared.flag.store(true, ordering: .releasing)
                } else {
                    shared.flag.store(true, ordering: .relaxed)
                }
            } else {
                await shared.wait { shared.flag.load(ordering: .acquiring) }
                shared.unguarded += 1
            }
        }
    }

    private func handToTask(_ shared: SharedState) async {
        for _ in 0..<Self.rounds / 10 {
            shared.unguarded += 1
            await Task.detached { shared.unguarded += 1 }.value
            shared.unguarded += 1
        }
    }
}
