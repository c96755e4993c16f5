#if LibPQ
import Synchronization

/// One connection: its C calls run on its own executor, one hop for each call.
///
/// A call in which no transaction is open or begun is interrupted when its task is cancelled: its statements are one
/// transaction of their own then, which the server undoes as a whole unless it is done. All other calls are awaited.
actor LibPQConnection: PostgresSession {
    private let executor = LibPQExecutor()
    private let configuration: LibPQConfiguration
    private nonisolated let waker: LibPQWaker
    private nonisolated let latestStanding = Atomic(LibPQStanding.ready.rawValue)
    private var session: LibPQSession?

    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// What the connection was good for after its last call.
    nonisolated var standing: LibPQStanding {
        LibPQStanding(rawValue: latestStanding.load(ordering: .acquiring)) ?? .broken
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
        let deadline = ContinuousClock.now + configuration.connectTimeOut
        session = LibPQSession(try LibPQHandle(configuration, until: deadline, waker, call), waker)
    }

    nonisolated func run(_ statements: [PostgresStatement]) async throws(PostgresFailure) -> [PostgresRows] {
        try await LibPQCall.run(on: waker) { call throws(PostgresFailure) in try await perform(statements, call) }
    }

    private func perform(_ statements: [PostgresStatement], _ call: LibPQCall) throws(PostgresFailure) -> [PostgresRows]
    {
        let session = try openSession()
        defer { note(session) }
        return try session.run(statements, until: .now + configuration.callTimeOut, call)
    }

    /// Closes the connection; calls that come later find none.
    func close() {
        session = nil
        latestStanding.store(LibPQStanding.broken.rawValue, ordering: .releasing)
    }

    private func openSession() throws(PostgresFailure) -> LibPQSession {
        guard let session else { throw PostgresFailure(.notConnected, "the connection was closed") }
        return session
    }

    private func note(_ used: LibPQSession) {
        latestStanding.store(used.standing.rawValue, ordering: .releasing)
        // What is lost has nothing more to say.
        if used.isBroken { session = nil }
    }
}
#endif
