#if LibPQ
@testable import MarketplacePostgres
import Testing

@Suite(.onPrivateServer) struct LibPQCancellationTests {
    @Test func aReadIsInterruptedAndItsSessionGoesOn() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1), other = try PrivateServer.pool(maximumConnections: 1)
        let process = try await pool.use(LibPQPool.processID)
        for _ in 0..<20 {
            let reading = Task { await failureCode { try await pool.run("select pg_sleep(60)") } }
            try await eventually { try await other.isRunning(process, "select pg_sleep(60)") }
            reading.cancel()
            #expect(await reading.value == .cancelled)
            // Nothing of it reaches the next call.
            #expect(try await pool.use(LibPQPool.processID) == process)
        }
    }

    @Test func aReadOfACancelledTaskIsNotStarted() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        let code = await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await pool.use { session in
                await failureCode { try await session.run(PostgresStatement("select 1")) }
            }
        }.result
        #expect((try? code.get()) == .cancelled || (code.failure as? PostgresFailure)?.code == .cancelled)
    }

    @Test func whatIsCancelledWhileItWritesIsDoneAsAWholeOrNotAtAll() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 2)
        _ = try await pool.run("create table if not exists cancelled_writes (number bigint)")
        _ = try await pool.run("truncate cancelled_writes")
        var done: Int64 = 0
        for round in 0..<200 {
            let writing = Task {
                await failureCode {
                    try await pool.run(
                        (0..<4).map { _ in
                            PostgresStatement(
                                "insert into cancelled_writes values ($1)",
                                values: [.bigint(Int64(round))]
                            )
                        }
                    )
                }
            }
            for _ in 0..<(round % 50) { await Task.yield() }
            writing.cancel()
            let code = await writing.value
            #expect(code == nil || code == .cancelled)
            if code == nil { done += 4 }
        }
        #expect(try await pool.run("select count(*) from cancelled_writes").integer(0, of: 0) == done)
    }

    @Test(arguments: [true, false])
    func aTransactionIsNotInterrupted(_ beginsBefore: Bool) async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        let process = try await pool.use(LibPQPool.processID)
        try await PrivateServer.whileLocked(beginsBefore ? 2 : 3) { lock in
            let writing = Task {
                try await pool.use { session in
                    let begin = [PostgresStatement("begin")]
                    if beginsBefore { _ = try await session.run(begin) }
                    let rest = [lock.wait, PostgresStatement("commit")]
                    return try await session.run(beginsBefore ? rest : begin + rest).count
                }
            }
            try await eventually { try await lock.isWaitedFor(by: process) }
            writing.cancel()
            for _ in 0..<20 { #expect(try await lock.isWaitedFor(by: process)) }
            try await lock.release()
            #expect(try await writing.value == (beginsBefore ? 2 : 3))
        }
    }

    @Test func aTransactionOfACancelledTaskIsRolledBackWhenItsSessionComesBack() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        let process = try await pool.use(LibPQPool.processID)
        let left = Task {
            try await pool.use { session in
                _ = try await session.run(PostgresStatement("begin"))
                withUnsafeCurrentTask { $0?.cancel() }
            }
        }
        try await left.value
        try await pool.use { session in
            #expect(try await LibPQPool.processID(session) == process)
            let open = PostgresStatement(
                "select now() < statement_timestamp() - interval '1 hour' or txid_current_if_assigned() is not null"
            )
            let rows = try await session.run(open)
            #expect(try !rows.flag(0, of: 0))
        }
    }

    @Test func taskLocalsAreKept() async throws {
        try await Self.$mark.withValue(7) {
            try await PrivateServer.pool().use { session in
                _ = try await session.run(PostgresStatement("select 1"))
                #expect(Self.mark == 7)
            }
        }
    }

    @TaskLocal private static var mark = 0
}

extension Result {
    fileprivate var failure: Failure? {
        guard case .failure(let failure) = self else { return nil }
        return failure
    }
}
#endif
