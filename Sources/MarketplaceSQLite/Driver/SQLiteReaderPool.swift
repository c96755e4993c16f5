#if SQLite
import MarketplaceStorage
import Synchronization

/// The connections that read: each takes reads off one line, in the order in which they came, until nobody waits.
///
/// So a thousand reads at once wake a few threads and not each a thread of its own. A read sees what was committed when
/// it came or later: those that were in line before a snapshot began share it.
final class SQLiteReaderPool: Sendable {
    /// The most tasks that wait for a connection: far more than any server has requests, yet an end.
    static let mostWaiting = 100_000
    /// The most reads of one turn on a connection, after which whoever else uses it has a turn, and snapshots end.
    static let readsPerTurn = 64

    /// A read in line, for one task that waits.
    struct Read: Sendable {
        /// Performs the read in an open snapshot and tells the task; false when it failed.
        let perform: @Sendable (SQLiteSession) -> Bool
        /// Tells the task that nothing was read.
        let refuse: @Sendable (StoreError) -> Void
    }

    /// A read that a connection is to perform now.
    struct Turn {
        let ticket: UInt64
        let read: Read
        /// Reads with lower tickets had come by now.
        let end: UInt64
    }

    private struct State {
        /// The numbers of the connections nobody uses.
        var free: [Int]
        /// The tickets of the reads that run, by the number of their connection.
        var running: [UInt64?]
        /// The first ticket that may still wait.
        var firstTicket: UInt64 = 0
        var waiting: [UInt64: Read] = [:]
    }

    private let connections: [SQLiteConnection]
    private let nextTicket = Atomic<UInt64>(0)
    private let state: Mutex<State>

    init(_ connections: [SQLiteConnection]) {
        self.connections = connections
        let running = [UInt64?](repeating: nil, count: connections.count)
        state = Mutex(State(free: Array(connections.indices), running: running))
    }

    /// Performs a read on one of the connections.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteSession) throws(SQLiteFailure) -> Value
    ) async throws(StoreError) -> Value {
        let ticket = nextTicket.add(1, ordering: .acquiringAndReleasing).oldValue
        return try await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<Value, StoreError>, Never>) in
                let read = Read { session in
                    do throws(SQLiteFailure) {
                        continuation.resume(returning: .success(try body(session)))
                        return true
                    } catch {
                        continuation.resume(returning: .failure(.notApplied(error.storeFailure)))
                        return false
                    }
                } refuse: { error in
                    continuation.resume(returning: .failure(error))
                }
                enqueue(read, ticket)
            }
        } onCancel: {
            cancel(ticket)
        }.get()
    }

    private func enqueue(_ read: Read, _ ticket: UInt64) {
        enum Step {
            case wait
            case start(Int)
            case refuse(StoreFailure)
        }
        let step = state.withLock { state -> Step in
            if Task.isCancelled { return .refuse(Self.cancelled) }
            guard state.waiting.count < Self.mostWaiting else {
                return .refuse(StoreFailure(.overloaded, "too many reads wait"))
            }
            state.waiting[ticket] = read
            // Somebody with a later ticket may have been served in between.
            state.firstTicket = min(state.firstTicket, ticket)
            return state.free.popLast().map(Step.start) ?? .wait
        }
        switch step {
        case .wait: break
        case .refuse(let failure): read.refuse(.notApplied(failure))
        case .start(let number):
            let connection = connections[number]
            // Detached, for it serves everybody and not only who happened to begin it.
            Task.detached(executorPreference: connection.tasks) {
                while await connection.read(for: self, as: number) {}
            }
        }
    }

    /// Takes a read out of the line, or interrupts it: under the lock, so that no other read of that connection is met.
    private func cancel(_ ticket: UInt64) {
        let read = state.withLock { state -> Read? in
            if let read = state.waiting.removeValue(forKey: ticket) { return read }
            if let number = state.running.firstIndex(of: ticket) { connections[number].interrupter.interrupt() }
            return nil
        }
        read?.refuse(.notApplied(Self.cancelled))
    }

    /// The next read for the connection of that number, whose last one has ended; nil when nobody waits, and then the
    /// connection is free.
    func next(for number: Int) -> Turn? {
        state.withLock { state in
            // Those between were cancelled or are not in line yet; each ticket is passed over once.
            while !state.waiting.isEmpty {
                let ticket = state.firstTicket
                state.firstTicket += 1
                guard let read = state.waiting.removeValue(forKey: ticket) else { continue }
                state.running[number] = ticket
                // Whoever has a lower ticket came before now, and so before a snapshot that begins now.
                return Turn(ticket: ticket, read: read, end: nextTicket.load(ordering: .acquiring))
            }
            state.running[number] = nil
            state.free.append(number)
            return nil
        }
    }

    /// Notes that the connection of that number runs no read.
    func pause(_ number: Int) {
        state.withLock { $0.running[number] = nil }
    }

    private static let cancelled = StoreFailure(.cancelled, "before the read was started")
}
#endif
