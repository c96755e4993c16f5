#if SQLite
import Dispatch

/// Runs the parts of a task that belong to no actor on the thread of a connection.
///
/// For the drainers alone, which work for that connection: whoever waits for them is resumed where it came from.
final class SQLiteTaskExecutor: TaskExecutor {
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
