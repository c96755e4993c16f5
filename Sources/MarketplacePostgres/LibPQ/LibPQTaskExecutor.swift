#if LibPQ
import Dispatch

/// Runs the parts of a task that belong to no actor on the thread of a connection.
///
/// For those to whom the connection is lent, as long as it is: what they decide between two calls changes no thread.
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
