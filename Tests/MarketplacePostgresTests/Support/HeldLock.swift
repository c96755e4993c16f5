#if LibPQ
@testable import MarketplacePostgres

/// A lock of the server that a test holds, so that a statement waits for as long as the test likes.
struct HeldLock {
    private let key: Int64
    private let holder: any PostgresSession

    /// Waits for the lock.
    var wait: PostgresStatement { PostgresStatement("select pg_advisory_xact_lock($1)", values: [.bigint(key)]) }

    fileprivate init(_ number: UInt32, _ holder: any PostgresSession) {
        // The upper half is the letters of the library, so that no lock of a store is meant.
        key = 0x4C69_6250 << 32 | Int64(number)
        self.holder = holder
    }

    /// Takes it.
    fileprivate func take() async throws {
        _ = try await holder.run(PostgresStatement("select pg_advisory_lock($1)", values: [.bigint(key)]))
    }

    /// Whether a process of the server waits for it.
    func isWaitedFor(by process: Int64) async throws -> Bool {
        let find = "select true from pg_locks where locktype = 'advisory' and not granted and pid = $1"
        let statement = PostgresStatement(find, values: [.bigint(process)])
        return try await holder.run(statement).count == 1
    }

    /// Lets those go on who wait.
    func release() async throws {
        _ = try await holder.run(PostgresStatement("select pg_advisory_unlock($1)", values: [.bigint(key)]))
    }
}

extension PrivateServer {
    /// Holds a lock that no other test uses until `body` has ended.
    static func whileLocked(_ number: UInt32, _ body: (HeldLock) async throws -> Void) async throws {
        try await pool(maximumConnections: 1).use { holder in
            let lock = HeldLock(number, holder)
            try await lock.take()
            try await body(lock)
            _ = try await holder.run(PostgresStatement("select pg_advisory_unlock_all()"))
        }
    }
}
#endif
