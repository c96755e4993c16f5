#if LibPQ
extension LibPQSession {
    /// The most bytes a name has: PostgreSQL cuts what is longer, and two channels might become one.
    private static let mostNameBytes = 63

    /// Listens to a channel until the call is cancelled or the connection is lost.
    ///
    /// - Parameters:
    ///   - channel: The name of the channel.
    ///   - interval: After how long a silence the server is asked for a sign of life.
    ///   - limit: How long it may take to give one.
    ///   - call: The call.
    ///   - body: Called once with nil, then with each payload.
    /// - Returns: Why it ended.
    /// - Throws: Why it never began, or what became of the connection.
    func listen(
        to channel: String,
        checkingEvery interval: Duration,
        limit: Duration,
        _ call: LibPQCall,
        _ body: (String?) -> Void
    ) throws(PostgresFailure) -> PostgresFailure {
        guard channel.utf8.count <= Self.mostNameBytes, !channel.utf8.contains(0), let name = handle.quoted(channel)
        else {
            // "invalid_name"
            throw PostgresFailure(PostgresFailure.Code("42602"), "a channel has a name of no more than 63 bytes")
        }
        _ = try run([PostgresStatement("listen \(name)")], until: .after(limit), call)
        body(nil)
        while true {
            while let payload = handle.nextNotification() { body(payload) }
            guard !call.isCancelled else { return LibPQCall.cancelledFailure }
            let readiness = LibPQSocket.wait(handle.descriptor, waker, toRead: true, toWrite: false, limit: interval)
            if readiness.isWoken { waker.drain() }
            if readiness.isReadable {
                guard handle.consumeInput() else { return lost() }
            } else if !readiness.isWoken {
                try ping(until: .after(limit), call)
            }
        }
    }
}
#endif
