#if LibPQ
import Dispatch

/// Runs a task on a thread that may wait, so that its calls on connections change no thread.
///
/// For a task that does little but use one connection at a time.
final class LibPQTaskExecutor: TaskExecutor {
    private static let key = DispatchSpecificKey<Bool>()

    /// Whether this thread is one of an executor of this kind.
    static var isCurrent: Bool { DispatchQueue.getSpecific(key: key) ?? false }

    private let queue = DispatchQueue(label: "marketplace.libpq.tasks")

    init() {
        queue.setSpecific(key: Self.key, value: true)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Each job is handed over once and run once, in order.
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
#endif
