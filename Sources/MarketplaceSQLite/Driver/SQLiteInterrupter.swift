#if SQLite
import CMarketplaceSQLite
import Synchronization

/// Interrupts the read of a task that was cancelled, and nothing else.
///
/// A read is announced when it gets the connection (``arm()``), runs between ``begin(_:)`` and ``end()``, and may be
/// cancelled at any moment from any thread. The lock makes sure that the interruption falls within the run: SQLite
/// forgets one that comes between statements as soon as the next begins.
final class SQLiteInterrupter: Sendable {
    private struct State {
        var lastRead: UInt64 = 0
        var isCancelled = false
        var isRunning = false
        var target: Target?
    }

    /// `sqlite3_interrupt` may be called by any thread while the connection is open, and the handle keeps it open.
    private struct Target: @unchecked Sendable {
        let handle: SQLiteHandle
    }

    private let state = Mutex(State())

    /// Names the connection.
    func open(_ handle: SQLiteHandle) {
        let target = Target(handle: handle)
        state.withLock { $0.target = target }
    }

    /// Forgets the connection.
    func close() {
        state.withLock { $0.target = nil }
    }

    /// Announces a read.
    func arm() -> UInt64 {
        state.withLock { state in
            state.lastRead += 1
            state.isCancelled = false
            return state.lastRead
        }
    }

    /// Cancels a read: it does not begin, or is interrupted.
    func cancel(_ read: UInt64) {
        state.withLock { state in
            guard state.lastRead == read else { return }
            state.isCancelled = true
            guard state.isRunning, let target = state.target else { return }
            unsafe sqlite3_interrupt(target.handle.pointer)
        }
    }

    /// Begins a read; false when it was cancelled.
    func begin(_ read: UInt64) -> Bool {
        state.withLock { state in
            guard !state.isCancelled else { return false }
            state.isRunning = true
            return true
        }
    }

    /// Ends a read.
    func end() {
        state.withLock { $0.isRunning = false }
    }
}
#endif
