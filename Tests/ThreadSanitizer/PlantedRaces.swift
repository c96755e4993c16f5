import Synchronization

/// What the threads of a program share, and the ways they agree, or fail to agree, on who may touch it.
final class Shared: @unchecked Sendable {
    /// Not guarded by itself: that is what the planted races are about.
    var unguarded = 0
    let guarded = Mutex([Int: Int]())
    let lock = Mutex(())
    let flag = Atomic<Bool>(false)
    let arrived = Atomic<Int>(0)

    /// How often ``wait(until:)`` looks before it lets others have its thread: some milliseconds, so that the pool
    /// starts a second thread meanwhile.
    private static let looks = 2_000_000

    /// Returns once both tasks have come here: races need two threads at work at the same time.
    ///
    /// Relaxed, so that meeting here orders nothing.
    func meet() async {
        arrived.wrappingAdd(1, ordering: .relaxed)
        await wait { arrived.load(ordering: .relaxed) == 2 }
    }

    /// Waits for a condition and holds on to its thread, unless there is none for the other task.
    func wait(until condition: () -> Bool) async {
        while true {
            for _ in 0..<Self.looks where condition() { return }
            await Task.yield()
        }
    }
}

/// Small programs that have a data race or have none; the sanitizer has to tell which.
enum Program: String, CaseIterable {
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
        let shared = Shared()
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

    private func handOver(_ shared: Shared, storing order: AtomicStoreOrdering) async {
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

    private func handToTask(_ shared: Shared) async {
        for _ in 0..<Self.rounds / 10 {
            shared.unguarded += 1
            await Task.detached { shared.unguarded += 1 }.value
            shared.unguarded += 1
        }
    }
}

/// Runs the program of that name.
@main
enum PlantedRaces {
    static func main() async {
        guard CommandLine.arguments.count == 2, let program = Program(rawValue: CommandLine.arguments[1]) else {
            fatalError("name one of \(Program.allCases.map(\.rawValue))")
        }
        await program.run()
    }
}
