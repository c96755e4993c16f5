#if LibPQ
@testable import MarketplacePostgres
import Testing

@Suite(.onPrivateServer) struct LibPQFailureTests {
    @Test func aPortOnWhichNobodyListensIsNotConnected() async throws {
        // Loopback has no service on this port that an administrator could have started by chance.
        let pool = LibPQPool(LibPQConfiguration(host: "127.0.0.1", port: 1, database: "d", user: "u"))
        #expect(await failureCode { try await pool.run("select 1") } == .notConnected)
        // At once, and for the same reason, while the pool backs off.
        #expect(await failureCode { try await pool.run("select 1") } == .notConnected)
    }

    @Test func aServerThatNeverAnswersIsNotConnectedInTime() async throws {
        let listener = try SilentListener()
        var configuration = LibPQConfiguration(host: "127.0.0.1", port: listener.port, database: "d", user: "u")
        configuration.connectTimeOut = .milliseconds(50)
        let pool = LibPQPool(configuration)
        #expect(await failureCode { try await pool.run("select 1") } == .notConnected)
    }

    @Test func anAttemptToConnectCanBeCancelled() async throws {
        let listener = try SilentListener()
        let pool = LibPQPool(LibPQConfiguration(host: "127.0.0.1", port: listener.port, database: "d", user: "u"))
        let attempt = Task { await failureCode { try await pool.run("select 1") } }
        attempt.cancel()
        #expect(await attempt.value == .cancelled)
    }

    @Test func aPasswordIsAskedForAndNeverRepeated() async throws {
        let owner = try PrivateServer.pool(maximumConnections: 1)
        _ = try await owner.run("drop role if exists guarded")
        _ = try await owner.run("create role guarded login password 'correct horse' in role marketplace_password")
        let address = try #require(PrivateServer.address)
        let right = address.replacingUser(by: "guarded:correct%20horse")
        #expect(
            try await LibPQPool(LibPQConfiguration(right)).run("select current_user::text").text(0, of: 0) == "guarded"
        )
        for wrong in [address.replacingUser(by: "guarded:hunter2"), address.replacingUser(by: "guarded")] {
            let pool = LibPQPool(try LibPQConfiguration(wrong))
            do {
                _ = try await pool.run("select 1")
                Issue.record("the server let somebody in")
            } catch {
                #expect(error.code == .notConnected)
                #expect(error.message.contains("password"))
                #expect(!error.message.contains("hunter2"))
            }
        }
    }

    @Test func aStandbyIsNotConnectedToForWriting() async throws {
        var configuration = try PrivateServer.configuration()
        configuration.settings = ["default_transaction_read_only": "on"]
        let writing = LibPQPool(configuration)
        #expect(await failureCode { try await writing.run("select 1") } == .notConnected)
        configuration.target = .any
        #expect(try await LibPQPool(configuration).run("select 1::bigint").integer(0, of: 0) == 1)
    }

    @Test func settingsAndTheNameReachTheServer() async throws {
        var configuration = try PrivateServer.configuration()
        configuration.applicationName = "the shop"
        configuration.settings = ["work_mem": "12MB", "search_path": "\"my schema\", public"]
        let rows = try await LibPQPool(configuration).run(
            """
            select current_setting('application_name'), current_setting('work_mem'), current_setting('search_path'),
                current_setting('client_encoding')
            """
        )
        #expect(try rows.text(0, of: 0) == "the shop")
        #expect(try rows.text(1, of: 0) == "12MB")
        #expect(try rows.text(2, of: 0) == "\"my schema\", public")
        #expect(try rows.text(3, of: 0) == "UTF8")
    }

    @Test func aSessionThatIsEndedWhileItRunsIsOfNoMoreUse() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1), other = try PrivateServer.pool(maximumConnections: 1)
        try await pool.use { session in
            let process = try await LibPQPool.processID(session)
            async let code = failureCode { try await session.run(PostgresStatement("select pg_sleep(60)")) }
            try await eventually { try await other.isRunning(process, "select pg_sleep(60)") }
            _ = try await other.run("select pg_terminate_backend($1::int)", .bigint(process))
            #expect(await code?.text == "57P01")
            #expect(await failureCode { try await session.run(PostgresStatement("select 1")) } == .notConnected)
        }
        #expect(try await pool.run("select 1::bigint").integer(0, of: 0) == 1)
    }

    @Test func aSessionThatIsEndedWhileItIsIdleIsReplacedUnnoticed() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1), other = try PrivateServer.pool(maximumConnections: 1)
        for _ in 0..<5 {
            let process = try await pool.use(LibPQPool.processID)
            _ = try await other.run("select pg_terminate_backend($1::int, 10000)", .bigint(process))
            #expect(try await pool.use(LibPQPool.processID) != process)
        }
    }

    @Test func aSessionThatIsEndedBetweenTwoCallsOfALoanIsLost() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1), other = try PrivateServer.pool(maximumConnections: 1)
        try await pool.use { session in
            let process = try await LibPQPool.processID(session)
            _ = try await other.run("select pg_terminate_backend($1::int, 10000)", .bigint(process))
            let statements = (0..<100).map { PostgresStatement("select $1", values: [.bigint($0)]) }
            let failure = await failureCode { try await session.run(statements) }
            #expect(failure == .connectionLost || failure?.text == "57P01")
        }
    }

    @Test func aCallThatTakesTooLongIsGivenUpAndEndedAtTheServer() async throws {
        var configuration = try PrivateServer.configuration()
        configuration.callTimeOut = .seconds(1)
        let pool = LibPQPool(configuration), other = try PrivateServer.pool(maximumConnections: 1)
        for begin in [[], [PostgresStatement("begin")]] {
            try await pool.use { session in
                let process = try await LibPQPool.processID(session)
                let statements = begin + [PostgresStatement("select pg_sleep(60)")]
                #expect(await failureCode { try await session.run(statements) } == .timedOut)
                #expect(await failureCode { try await session.run(PostgresStatement("select 1")) } == .notConnected)
                try await eventually { try await !other.isThere(process) }
            }
            #expect(try await pool.run("select 1::bigint").integer(0, of: 0) == 1)
        }
    }

    @Test func aServerThatHangsIsGivenUp() async throws {
        var configuration = try PrivateServer.configuration()
        configuration.callTimeOut = .seconds(1)
        let pool = LibPQPool(configuration, limits: LibPQPool.Limits(maximumConnections: 1))
        try await pool.use { session in
            let process = try await LibPQPool.processID(session)
            let writing = [PostgresStatement("begin"), PostgresStatement("commit")]
            let code = try await PrivateServer.whileHung(process) {
                await failureCode { try await session.run(writing) }
            }
            #expect(code == .timedOut)
        }
        #expect(try await pool.run("select 1::bigint").integer(0, of: 0) == 1)
    }

    @Test func aConnectionThatGivesNoSignOfLifeIsReplaced() async throws {
        var configuration = try PrivateServer.configuration()
        configuration.connectTimeOut = .seconds(2)
        var limits = LibPQPool.Limits(maximumConnections: 1)
        limits.idleCheck = .zero
        let pool = LibPQPool(configuration, limits: limits)
        let process = try await pool.use(LibPQPool.processID)
        let next = try await PrivateServer.whileHung(process) { try await pool.use(LibPQPool.processID) }
        #expect(next != process)
    }
}

extension String {
    /// The address of the server for somebody else.
    fileprivate func replacingUser(by user: String) -> String {
        "postgres://\(user)@" + split(separator: "@", maxSplits: 1)[1]
    }
}
#endif
