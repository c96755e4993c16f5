#if LibPQ
import CMarketplaceLibPQ

/// An open connection of the C library, which never blocks.
///
/// Safe to use because the pointer is the handle's own from opening to closing. One thread at a time uses it: it never
/// leaves the actor of its connection.
@safe
final class LibPQHandle {
    /// The oldest release whose server this package is tested with, as `PQserverVersion` counts.
    private static let oldestServer: Int32 = 14_00_00

    /// For the library's functions.
    let pointer: OpaquePointer

    /// Connects, and waits no longer than `deadline`.
    init(
        _ configuration: LibPQConfiguration,
        until deadline: ContinuousClock.Instant,
        _ waker: LibPQWaker,
        _ call: LibPQCall
    ) throws(PostgresFailure) {
        let parameters = configuration.keywordsAndValues
        guard !parameters.contains(where: { $0.1.utf8.contains(0) }) else {
            throw PostgresFailure(.notConnected, "a parameter of the connection contains a NUL")
        }
        let keywords = LibPQTexts(parameters.map(\.0)), values = LibPQTexts(parameters.map(\.1))
        // libpq copies all of them during the call.
        guard let opened = unsafe PQconnectStartParams(keywords.pointer, values.pointer, 0) else {
            throw PostgresFailure(.notConnected, "out of memory")
        }
        // From here on the connection is closed with the handle, however this ends.
        unsafe pointer = opened
        // Without a receiver libpq prints notices.
        _ = unsafe PQsetNoticeReceiver(pointer, { _, _ in }, nil)
        try connect(until: deadline, waker, call)
        guard unsafe PQserverVersion(pointer) >= Self.oldestServer else {
            throw PostgresFailure(.notConnected, "PostgreSQL 14 or later is needed")
        }
        guard unsafe PQsetnonblocking(pointer, 1) == 0, unsafe PQenterPipelineMode(pointer) == 1 else {
            throw PostgresFailure(.notConnected, message)
        }
    }

    deinit {
        unsafe PQfinish(pointer)
    }

    private func connect(
        until deadline: ContinuousClock.Instant,
        _ waker: LibPQWaker,
        _ call: LibPQCall
    ) throws(PostgresFailure) {
        guard isAlive else { throw PostgresFailure(.notConnected, message) }
        // What to wait for first (PostgreSQL documentation, `PQconnectPoll`).
        var next = PGRES_POLLING_WRITING
        while next != PGRES_POLLING_OK {
            guard !call.isCancelled else { throw LibPQCall.cancelledFailure }
            let rest = ContinuousClock.now.duration(to: deadline)
            guard rest > .zero else { throw PostgresFailure(.notConnected, "the server did not answer in time") }
            let toRead = next == PGRES_POLLING_READING
            // The library may try one address after the other, each with a socket of its own.
            let readiness = LibPQSocket.wait(descriptor, waker, toRead: toRead, toWrite: !toRead, limit: rest)
            if readiness.isWoken { waker.drain() }
            guard readiness.isReadable || readiness.isWritable else { continue }
            next = unsafe PQconnectPoll(pointer)
            guard next != PGRES_POLLING_FAILED else { throw PostgresFailure(.notConnected, message) }
        }
    }

    /// The socket.
    var descriptor: Int32 { unsafe PQsocket(pointer) }

    /// Whether the connection has not been lost, as far as the library knows.
    var isAlive: Bool { unsafe PQstatus(pointer) != CONNECTION_BAD }

    /// Whether no transaction is open, and nothing runs.
    var isOutsideOfTransactions: Bool { unsafe PQtransactionStatus(pointer) == PQTRANS_IDLE }

    /// What the library said last.
    var message: String { unsafe Self.text(PQerrorMessage(pointer)) }

    /// Reads what has come; false when the connection is lost.
    func consumeInput() -> Bool { unsafe PQconsumeInput(pointer) == 1 }

    /// Sends what waits to be sent; false when something is left.
    ///
    /// A connection that is lost has nothing left: reading tells why.
    func flush() -> Bool { unsafe PQflush(pointer) != 1 }

    /// Whether the next result is not there yet.
    var isBusy: Bool { unsafe PQisBusy(pointer) == 1 }

    /// The next result; nil between the results of one statement and those of the next.
    func nextResult() -> LibPQResult? { unsafe LibPQResult(PQgetResult(pointer)) }

    /// Ends a pipeline.
    func sync() -> Bool { unsafe PQpipelineSync(pointer) == 1 }

    /// A name as an identifier of SQL.
    func quoted(_ identifier: String) -> String? {
        var identifier = identifier
        return identifier.withUTF8 { utf8 in
            // An empty text may have no address, and the library would read no bytes of it.
            guard let base = utf8.baseAddress else { return "\"\"" }
            return unsafe base.withMemoryRebound(to: CChar.self, capacity: utf8.count) { characters in
                guard let quoted = unsafe PQescapeIdentifier(pointer, characters, utf8.count) else { return nil }
                defer { unsafe PQfreemem(quoted) }
                return unsafe String(cString: quoted)
            }
        }
    }

    /// The payload of the next notification that has come; nil when there is none.
    func nextNotification() -> String? {
        guard let notification = unsafe PQnotifies(pointer) else { return nil }
        defer { unsafe PQfreemem(notification) }
        return unsafe String(cString: notification.pointee.extra)
    }

    /// A message of the library, without the line feed at its end.
    static func text(_ message: UnsafePointer<CChar>?) -> String {
        guard let message = unsafe message else { return "" }
        let text = unsafe String(cString: message)
        return String(text.reversed().drop(while: \.isWhitespace).reversed())
    }
}
#endif
