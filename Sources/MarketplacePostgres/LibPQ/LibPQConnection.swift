#if LibPQ
import Synchronization

/// One connection: its C calls run on a thread of its own, one hop for each call; those of a task that has a
/// ``LibPQTaskExecutor`` run on the thread of that one.
///
/// A call in which no transaction is open or begun is interrupted when its task is cancelled: its statements are one
/// transaction of their own then, which the server undoes as a whole unless it is done. All other calls are awaited.
actor LibPQConnection: PostgresSession {
    nonisolated let executor = LibPQExecutor()
    private nonisolated let configuration: LibPQConfiguration
    private nonisolated let waker: LibPQWaker
    private nonisolated let latestStanding = Atomic(LibPQStanding.ready.rawValue)
    private nonisolated let descriptor = Atomic<Int32>(-1)
    /// Held for the whole of a call, on whatever thread.
    private nonisolated let session = Mutex<LibPQSession?>(nil)

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// What the connection was good for after its last call.
    nonisolated var standing: LibPQStanding {
        LibPQStanding(rawValue: latestStanding.load(ordering: .acquiring)) ?? .broken
    }

    /// Whether nothing has come since the last call: a connection whose end the system has been told of is not silent.
    nonisolated var isSilent: Bool {
        let descriptor = descriptor.load(ordering: .acquiring)
        guard descriptor >= 0 else { return false }
        return !LibPQSocket.wait(descriptor, nil, toRead: true, toWrite: false, limit: .zero).isReadable
    }

    /// A connection that is not open yet.
    init(_ configuration: LibPQConfiguration) throws(PostgresFailure) {
        self.configuration = configuration
        waker = try LibPQWaker()
    }

    /// Connects.
    nonisolated func open() async throws(PostgresFailure) {
        try await LibPQCall.run(on: waker) { call throws(PostgresFailure) in try await open(call) }
    }

    private func open(_ call: LibPQCall) throws(PostgresFailure) {
        let (configuration, waker) = (configuration, waker)
        let opened = try session.withLock { session throws(PostgresFailure) -> Int32 in
            let handle = try LibPQHandle(configuration, until: .after(configuration.connectTimeOut), waker, call)
            session = LibPQSession(handle, waker)
            return handle.descriptor
        }
        descriptor.store(opened, ordering: .releasing)
    }

    nonisolated func run(_ statements: [PostgresStatement]) async throws(PostgresFailure) -> [PostgresRows] {
        try await LibPQCall.run(on: waker) { call throws(PostgresFailure) in
            guard LibPQTaskExecutor.isCurrent else { return try await perform(statements, call) }
            return try performHere(statements, call)
        }
    }

    private func perform(_ statements: [PostgresStatement], _ call: LibPQCall) throws(PostgresFailure) -> [PostgresRows]
    {
        try performHere(statements, call)
    }

    private nonisolated func performHere(
        _ statements: [PostgresStatement],
        _ call: LibPQCall
    ) throws(PostgresFailure) -> [PostgresRows] {
        let deadline = ContinuousClock.Instant.after(configuration.callTimeOut)
        return try using { session throws(PostgresFailure) in
            try session.run(statements, until: deadline, call)
        }
    }

    /// Whether the server gives a sign of life.
    ///
    /// It has as long as for connecting: whoever waits would rather have another connection than wait for longer.
    nonisolated func answers() async -> Bool {
        do throws(PostgresFailure) {
            try await LibPQCall.run(on: waker) { call throws(PostgresFailure) in try await ping(call) }
            return standing == .ready
        } catch {
            return false
        }
    }

    private func ping(_ call: LibPQCall) throws(PostgresFailure) {
        let deadline = ContinuousClock.Instant.after(configuration.connectTimeOut)
        try using { session throws(PostgresFailure) in try session.ping(until: deadline, call) }
    }

    /// Listens until the task is cancelled or the connection is lost, and says why it ended.
    nonisolated func listen(
        to channel: String,
        checkingEvery interval: Duration,
        _ body: @Sendable (_ payload: String?) -> Void
    ) async throws(PostgresFailure) -> PostgresFailure {
        try await LibPQCall.run(on: waker) { call throws(PostgresFailure) in
            try await listen(to: channel, checkingEvery: interval, call, body)
        }
    }

    private func listen(
        to channel: String,
        checkingEvery interval: Duration,
        _ call: LibPQCall,
        _ body: @Sendable (_ payload: String?) -> Void
    ) throws(PostgresFailure) -> PostgresFailure {
        let limit = configuration.callTimeOut
        return try using { session throws(PostgresFailure) in
            try session.listen(to: channel, checkingEvery: interval, limit: limit, call, body)
        }
    }

    /// Closes the connection; calls that come later find none.
    func close() {
        session.withLock { drop(&$0) }
    }

    private nonisolated func using<Value: Sendable>(
        _ body: (LibPQSession) throws(PostgresFailure) -> Value
    ) throws(PostgresFailure) -> Value {
        try session.withLock { place throws(PostgresFailure) -> Value in
            guard let session = place else { throw PostgresFailure(.notConnected, "the connection was closed") }
            defer {
                latestStanding.store(session.standing.rawValue, ordering: .releasing)
                // What is lost has nothing more to say.
                if session.standing == .broken { drop(&place) }
            }
            return try body(session)
        }
    }

    private nonisolated func drop(_ session: inout LibPQSession?) {
        descriptor.store(-1, ordering: .releasing)
        session = nil
        latestStanding.store(LibPQStanding.broken.rawValue, ordering: .releasing)
    }
}
#endif
