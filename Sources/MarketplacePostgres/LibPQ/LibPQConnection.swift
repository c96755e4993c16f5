#if LibPQ
import Synchronization

/// One connection: its C calls run on its own executor, one hop for each call.
///
/// A call in which no transaction is open or begun is interrupted when its task is cancelled: its statements are one
/// transaction of their own then, which the server undoes as a whole unless it is done. All other calls are awaited.
actor LibPQConnection: PostgresSession {
    nonisolated let executor = LibPQExecutor()
    private let configuration: LibPQConfiguration
    private nonisolated let waker: LibPQWaker
    private nonisolated let latestStanding = Atomic(LibPQStanding.ready.rawValue)
    private nonisolated let descriptor = Atomic<Int32>(-1)
    private var session: LibPQSession?

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
        let handle = try LibPQHandle(configuration, until: .after(configuration.connectTimeOut), waker, call)
        session = LibPQSession(handle, waker)
        descriptor.store(handle.descriptor, ordering: .releasing)
    }

    nonisolated func run(_ statements: [PostgresStatement]) async throws(PostgresFailure) -> [PostgresRows] {
        try await LibPQCall.run(on: waker) { call throws(PostgresFailure) in try await perform(statements, call) }
    }

    private func perform(_ statements: [PostgresStatement], _ call: LibPQCall) throws(PostgresFailure) -> [PostgresRows]
    {
        let session = try openSession()
        defer { note(session) }
        return try session.run(statements, until: .after(configuration.callTimeOut), call)
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
        let session = try openSession()
        defer { note(session) }
        try session.ping(until: .after(configuration.connectTimeOut), call)
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
        let session = try openSession()
        defer { note(session) }
        let limit = configuration.callTimeOut
        return try session.listen(to: channel, checkingEvery: interval, limit: limit, call, body)
    }

    /// Closes the connection; calls that come later find none.
    func close() {
        descriptor.store(-1, ordering: .releasing)
        session = nil
        latestStanding.store(LibPQStanding.broken.rawValue, ordering: .releasing)
    }

    private func openSession() throws(PostgresFailure) -> LibPQSession {
        guard let session else { throw PostgresFailure(.notConnected, "the connection was closed") }
        return session
    }

    private func note(_ used: LibPQSession) {
        let standing = used.standing
        latestStanding.store(standing.rawValue, ordering: .releasing)
        // What is lost has nothing more to say.
        if standing == .broken { close() }
    }
}
#endif
