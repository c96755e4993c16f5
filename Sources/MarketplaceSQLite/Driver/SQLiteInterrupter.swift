#if SQLite
import CMarketplaceSQLite
import Synchronization

/// Interrupts what a connection runs, from any thread, for as long as it is open.
final class SQLiteInterrupter: Sendable {
    /// `sqlite3_interrupt` may be called by any thread while the connection is open, and the handle keeps it open.
    private struct Target: @unchecked Sendable {
        let handle: SQLiteHandle
    }

    private let target = Mutex<Target?>(nil)

    /// Names the connection.
    func open(_ handle: SQLiteHandle) {
        let target = Target(handle: handle)
        self.target.withLock { $0 = target }
    }

    /// Forgets the connection.
    func close() {
        target.withLock { $0 = nil }
    }

    /// Interrupts the statement that runs; SQLite forgets it when none does, as soon as the next begins.
    func interrupt() {
        target.withLock { target in
            guard let target else { return }
            unsafe sqlite3_interrupt(target.handle.pointer)
        }
    }
}
#endif
