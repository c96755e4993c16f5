#if LibPQ
import Dispatch

/// Runs the jobs of one connection on a thread of its own kind, so that no C call blocks the cooperative pool.
final class LibPQExecutor: SerialExecutor {
    private let queue: DispatchQueue
    /// Runs tasks that do little but use the connection on its thread too, so that they change none to get there.
    let tasks: LibPQTaskExecutor

    init() {
        queue = DispatchQueue(label: "marketplace.libpq")
        tasks = LibPQTaskExecutor(queue)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Each job is handed over once and run once, in order.
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }
}
#endif
