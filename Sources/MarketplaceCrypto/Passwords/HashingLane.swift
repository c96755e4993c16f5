#if Crypto
import Dispatch

/// One thread that hashes passwords one after the other, so that no hash blocks the cooperative pool.
actor HashingLane {
    private let executor = HashingExecutor()

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    func tag(_ password: [UInt8], _ salting: Argon2id.Salting, _ cost: Argon2Cost, byteCount: Int) -> [UInt8]? {
        Argon2id.tag(password, salting, cost, byteCount: byteCount)
    }
}

/// Runs the jobs of one lane on a thread of its own kind.
private final class HashingExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "marketplace.argon2")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        // Each job is handed over once and run once, in order.
        queue.async { unsafe job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
#endif
