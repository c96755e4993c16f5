#if LibPQ
import Dispatch

/// Runs the parts of a task that belong to no actor on the thread of a connection.
///
/// For tasks that do little but use the connection: what they decide between two calls changes no thread, and stands
/// still while the connection waits for its server.
final class LibPQTaskExecutor: TaskExecutor {
    private let queue: DispatchQueue

    init(_ queue: DispatchQueue) {
        self.queue = queue
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Each job is handed over once and run once, in order.
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
#endif
