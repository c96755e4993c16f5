#if LibPQ
import MarketplaceStorage
import Synchronization

/// Connections to PostgreSQL over libpq, lent to one task at a time: whoever finds none free waits in line.
///
/// Connections are opened when they are needed, and kept. One that comes back with a transaction open is rolled back;
/// one that is broken, too old, or still used by a task that was left behind is closed. When the server cannot be
/// reached, whoever asks is told so at once, and the pool tries again after a while that grows.
///
/// A call in which no transaction is open or begun is interrupted when its task is cancelled: its statements are one
/// transaction of their own then, of which the server undoes all or nothing. All other calls are awaited, for no longer
/// than ``LibPQConfiguration/callTimeOut``.
///
/// The statements of one call are sent as one pipeline. Outside of a transaction they are one transaction of their own.
public final class LibPQPool: PostgresSessions {
    typealias Waiter = CheckedContinuation<LibPQGrant<LibPQConnection>, Never>

    let configuration: LibPQConfiguration
    let limits: Limits
    let timeline: MonotonicTimeline
    let timer: DeadlineTimer
    let state: Mutex<LibPQPoolState<LibPQConnection, Waiter>>

    /// Makes a pool; no connection is opened yet.
    ///
    /// - Parameters:
    ///   - configuration: Where to connect to.
    ///   - limits: How much of everything there may be.
    public convenience init(_ configuration: LibPQConfiguration, limits: Limits = Limits()) {
        self.init(configuration, limits, MonotonicTimeline())
    }

    /// Makes a pool whose own decisions go by a given clock; sockets go by the system's.
    init(_ configuration: LibPQConfiguration, _ limits: Limits, _ timeline: MonotonicTimeline) {
        self.configuration = configuration
        self.limits = limits
        self.timeline = timeline
        timer = DeadlineTimer(timeline)
        state = Mutex(LibPQPoolState(limits))
    }

    /// Lends a session.
    public func withSession<Value: Sendable>(
        _ body: (any PostgresSession) async throws(PostgresFailure) -> Value
    ) async throws(PostgresFailure) -> Value {
        let pooled = try await borrow()
        let loan = LibPQLoan(pooled.connection)
        do throws(PostgresFailure) {
            let value = try await body(loan)
            await giveBack(pooled, isQuiet: loan.end())
            return value
        } catch {
            await giveBack(pooled, isQuiet: loan.end())
            throw error
        }
    }

    /// True: they are sent as a pipeline.
    public var callsAreTransactions: Bool { true }

    /// A thread on which calls on sessions are made at once.
    public func makeTaskExecutor() -> (any TaskExecutor)? { LibPQTaskExecutor() }

    /// Closes all connections that are not lent, and each of the others as soon as it comes back.
    ///
    /// Nobody is lent one any more. Whoever listens goes on until its task is cancelled.
    public func close() async {
        let (idle, services) = state.withLock { $0.close(at: timeline.now) }
        serve(services)
        for connection in idle { await connection.close() }
    }
}
#endif
