#if LibPQ
import Dispatch

/// Runs the jobs of one connection on a thread of its own kind, so that no C call blocks the cooperative pool.
final class LibPQExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "marketplace.libpq")

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
