public import Synchronization

/// Group commit: callers who arrive while a batch is written share the next one, with one transaction and one sync.
///
/// One drainer at a time takes batches off the queue for as long as there are any. It is a detached task, because it
/// works for many callers and must carry the task-locals of none; where nobody waits, there is none.
///
/// Everything is inlinable, because each adapter has requests of its own and every commit goes through here; the type is
/// usable from inline because the compiler keeps the bodies of its methods for other modules only then.
@usableFromInline
package final class BatchQueue<Request: BatchRequest>: Sendable {
    /// The most callers that wait: beyond it a server is better told than made to wait.
    @inlinable
    package static var mostWaiting: Int { 100_000 }
    /// The most parts that share a batch, so that a batch of large transactions stays short; one always fits.
    @inlinable
    package static var mostParts: Int { 20_000 }

    @usableFromInline
    struct Ticket: Sendable {
        @usableFromInline let request: Request
        @usableFromInline let continuation: CheckedContinuation<Request.Outcome, Never>

        @inlinable
        init(request: Request, continuation: CheckedContinuation<Request.Outcome, Never>) {
            self.request = request
            self.continuation = continuation
        }
    }

    /// What becomes of a caller who comes.
    @usableFromInline
    enum Entry: Sendable {
        case waits
        /// It waits, and nobody drains the queue.
        case begins
        case refused(StoreFailure)
    }

    @usableFromInline
    struct State: Sendable {
        @usableFromInline var isDraining = false
        /// The first ticket that may still wait.
        @usableFromInline var firstTicket: UInt64 = 0
        @usableFromInline var waiting: [UInt64: Ticket] = [:]

        @inlinable
        init() {}

        /// Takes a caller in, unless its task was cancelled or too many wait.
        @inlinable
        mutating func enter(_ ticket: Ticket, _ number: UInt64) -> Entry {
            if Task.isCancelled { return .refused(BatchQueue.cancelled) }
            guard waiting.count < BatchQueue.mostWaiting else {
                return .refused(StoreFailure(.overloaded, "too many commits wait"))
            }
            waiting[number] = ticket
            // Somebody with a later number may have been taken in between.
            firstTicket = min(firstTicket, number)
            guard !isDraining else { return .waits }
            isDraining = true
            return .begins
        }

        /// The callers of the next batch; none when nobody waits, and then the drainer is gone.
        @inlinable
        mutating func nextBatch(atMost limit: Int) -> [Ticket] {
            var batch: [Ticket] = []
            var parts = 0
            // Those between were cancelled or are not in line yet; each ticket is passed over once.
            while batch.count < limit, !waiting.isEmpty {
                if let ticket = waiting[firstTicket] {
                    let more = ticket.request.partCount
                    guard batch.isEmpty || parts + more <= BatchQueue.mostParts else { break }
                    parts += more
                    batch.append(ticket)
                    waiting[firstTicket] = nil
                }
                firstTicket += 1
            }
            if batch.isEmpty { isDraining = false }
            return batch
        }
    }

    @usableFromInline let nextTicket = Atomic<UInt64>(0)
    @usableFromInline let state = Mutex(State())
    @usableFromInline let batchSize: Int
    @usableFromInline let executor: (any TaskExecutor)?
    @usableFromInline let write: @Sendable ([Request]) async -> [Request.Outcome]

    /// Makes a queue.
    ///
    /// - Parameters:
    ///   - batchSize: The most callers that share a batch, at least one.
    ///   - executor: Where the drainer runs between batches; nil for the cooperative pool, where it stands in line with
    ///     all those it has just told, while nothing is written.
    ///   - write: Writes a batch; the outcomes are parallel to the requests. Called for one batch at a time.
    @inlinable
    package init(
        batchSize: Int,
        executor: (any TaskExecutor)? = nil,
        write: @escaping @Sendable ([Request]) async -> [Request.Outcome]
    ) {
        self.batchSize = max(batchSize, 1)
        self.executor = executor
        self.write = write
    }

    /// Commits with whoever else is there; the outcome is the caller's own.
    @inlinable
    package func commit(_ request: Request) async -> Request.Outcome {
        let number = nextTicket.add(1, ordering: .relaxed).oldValue
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let ticket = Ticket(request: request, continuation: continuation)
                switch state.withLock({ $0.enter(ticket, number) }) {
                case .waits: break
                case .begins: startDraining()
                case .refused(let failure): continuation.resume(returning: request.notApplied(failure))
                }
            }
        } onCancel: {
            // In a batch already, there is nothing to take out: then the truth is waited for.
            let ticket = state.withLock { $0.waiting.removeValue(forKey: number) }
            ticket?.continuation.resume(returning: request.notApplied(Self.cancelled))
        }
    }

    /// Begins to drain; not under the lock, which the drainer wants as soon as its thread is awake.
    @inlinable
    func startDraining() {
        // Detached, for it serves everybody and not only who happened to begin it.
        Task.detached(executorPreference: executor) { await self.drain() }
    }

    @inlinable
    func drain() async {
        while true {
            let batch = state.withLock { $0.nextBatch(atMost: batchSize) }
            guard !batch.isEmpty else { return }
            let outcomes = await write(batch.map { $0.request })
            for (ticket, outcome) in zip(batch, outcomes) { ticket.continuation.resume(returning: outcome) }
        }
    }

    @inlinable
    static var cancelled: StoreFailure { StoreFailure(.cancelled, "before the commit was started") }
}

/// Group commit of the transactions of stores.
package typealias GroupCommitQueue = BatchQueue<GroupCommitRequest>
