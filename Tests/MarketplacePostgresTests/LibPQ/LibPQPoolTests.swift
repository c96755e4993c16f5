#if LibPQ
@testable import MarketplacePostgres
import Testing

@Suite(.onPrivateServer) struct LibPQPoolTests {
    @Test func noMoreConnectionsAreOpenedThanAllowed() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 3)
        let processes = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<200 { group.addTask { try await pool.use(LibPQPool.processID) } }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(processes.count <= 3)
    }

    @Test func aSessionIsLentToOneTaskAtATime() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 2)
        let lent = Shared<[Int64: Int]>([:])
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 {
                group.addTask {
                    try await pool.use { session in
                        let process = try await LibPQPool.processID(session)
                        #expect(
                            lent.update {
                                $0[process, default: 0] += 1; return $0[process]
                            } == 1
                        )
                        _ = try await session.run(PostgresStatement("select 1"))
                        lent.update { $0[process, default: 0] -= 1 }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test func whoeverCameFirstIsServedFirst() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        let served = Shared<[Int]>([])
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await pool.use { _ in
                for number in 0..<20 {
                    group.addTask { try await pool.use { _ in served.update { $0.append(number) } } }
                    try await eventually { pool.waitingCount == number + 1 }
                }
            }
            try await group.waitForAll()
        }
        #expect(served.value == Array(0..<20))
    }

    @Test func tooManyWhoWaitAreTurnedAway() async throws {
        var limits = LibPQPool.Limits(maximumConnections: 1)
        limits.maximumWaiting = 2
        let pool = LibPQPool(try PrivateServer.configuration(), limits: limits)
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await pool.use { _ in
                for _ in 0..<2 { group.addTask { _ = try await pool.run("select 1") } }
                try await eventually { pool.waitingCount == 2 }
                #expect(await failureCode { try await pool.run("select 1") } == .overloaded)
            }
            try await group.waitForAll()
        }
    }

    @Test func whoeverWaitsTooLongIsTurnedAway() async throws {
        var limits = LibPQPool.Limits(maximumConnections: 1)
        limits.waitTimeOut = .milliseconds(20)
        let pool = LibPQPool(try PrivateServer.configuration(), limits: limits)
        try await pool.use { _ in
            #expect(await failureCode { try await pool.run("select 1") } == .overloaded)
            #expect(pool.waitingCount == 0)
        }
        #expect(try await pool.run("select 1::bigint").integer(0, of: 0) == 1)
    }

    @Test func whoeverIsCancelledLeavesTheLine() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        try await pool.use { _ in
            let waiting = Task { await failureCode { try await pool.run("select 1") } }
            try await eventually { pool.waitingCount == 1 }
            waiting.cancel()
            #expect(await waiting.value == .cancelled)
            #expect(pool.waitingCount == 0)
        }
        #expect(try await pool.run("select 1::bigint").integer(0, of: 0) == 1)
    }

    @Test func anOpenTransactionIsRolledBackWhenItsSessionComesBack() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        let process = try await pool.use { session in
            _ = try await session.run(PostgresStatement("create temporary table left_open (number bigint)"))
            _ = try await session.run([
                PostgresStatement("begin"), PostgresStatement("insert into left_open values (1)"),
            ])
            return try await LibPQPool.processID(session)
        }
        try await pool.use { session in
            #expect(try await LibPQPool.processID(session) == process)
            let rows = try await session.run(PostgresStatement("select count(*) from left_open"))
            #expect(try rows.integer(0, of: 0) == 0)
            _ = await failureCode {
                try await session.run([PostgresStatement("begin"), PostgresStatement("select 1 / 0")])
            }
        }
        #expect(try await pool.use(LibPQPool.processID) == process)
    }

    @Test func aSessionIsWorthNothingOnceItWasGivenBack() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        let kept = try await pool.use { $0 }
        #expect(await failureCode { try await kept.run(PostgresStatement("select 1")) } == .notConnected)
    }

    @Test func aLoanKnowsWhetherItIsStillUsed() async throws {
        let connection = try LibPQConnection(try PrivateServer.configuration())
        try await connection.open()
        let loan = LibPQLoan(connection), process = try await LibPQPool.processID(loan)
        try await PrivateServer.whileLocked(1) { lock in
            async let rows = loan.run(lock.wait)
            try await eventually { try await lock.isWaitedFor(by: process) }
            #expect(!loan.end())
            try await lock.release()
            #expect(try await rows.count == 1)
        }
        #expect(loan.end())
    }

    @Test func aSessionThatIsStillUsedWhenItComesBackIsNotLentAgain() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        let pooled = try await pool.borrow()
        let process = try await LibPQPool.processID(pooled.connection)
        await pool.giveBack(pooled, isQuiet: false)
        #expect(try await pool.use(LibPQPool.processID) != process)
    }

    @Test func anOldConnectionIsReplaced() async throws {
        var limits = LibPQPool.Limits(maximumConnections: 1)
        limits.maximumLifetime = .zero
        let pool = LibPQPool(try PrivateServer.configuration(), limits: limits)
        let first = try await pool.use(LibPQPool.processID)
        #expect(try await pool.use(LibPQPool.processID) != first)
    }

    @Test func aConnectionThatWasIdleIsAskedAndKept() async throws {
        var limits = LibPQPool.Limits(maximumConnections: 1)
        limits.idleCheck = .zero
        let pool = LibPQPool(try PrivateServer.configuration(), limits: limits)
        let first = try await pool.use(LibPQPool.processID)
        for _ in 0..<10 { #expect(try await pool.use(LibPQPool.processID) == first) }
    }

    @Test func aPoolThatIsForgottenClosesItsConnections() async throws {
        let other = try PrivateServer.pool(maximumConnections: 1)
        let process = try await PrivateServer.pool(maximumConnections: 1).use(LibPQPool.processID)
        try await eventually { try await !other.isThere(process) }
    }

    @Test func aClosedPoolLendsNothing() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1), other = try PrivateServer.pool(maximumConnections: 1)
        let process = try await pool.use { session in
            let waiting = Task { await failureCode { try await pool.run("select 1") } }
            try await eventually { pool.waitingCount == 1 }
            await pool.close()
            #expect(await waiting.value == .notConnected)
            // What is lent works until it comes back.
            return try await LibPQPool.processID(session)
        }
        #expect(await failureCode { try await pool.run("select 1") } == .notConnected)
        try await eventually { try await !other.isThere(process) }
    }
}
#endif
