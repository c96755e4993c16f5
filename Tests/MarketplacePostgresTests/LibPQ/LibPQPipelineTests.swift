#if LibPQ
@testable import MarketplacePostgres
import Testing

@Suite(.onPrivateServer) struct LibPQPipelineTests {
    @Test func aCallOfNoStatementsHasNoAnswers() async throws {
        #expect(try await PrivateServer.pool().run([]).isEmpty)
    }

    @Test func aThousandStatementsAreAnsweredInOrder() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        for _ in 0..<3 {
            let rows = try await pool.run(
                (0..<1_000).map { PostgresStatement("select $1 * 2", name: "double", values: [.bigint($0)]) }
            )
            #expect(try rows.map { rows throws in try rows.integer(0, of: 0) } == (0..<1_000).map { $0 * 2 })
        }
    }

    @Test func neitherSideWaitsForTheOtherWhenBothHaveMuchToSay() async throws {
        let payload = [UInt8](repeating: 7, count: 1 << 20)
        let rows = try await PrivateServer.pool().run(
            (0..<48).map {
                PostgresStatement("select $1 || $2::text::bytea", values: [.bytes(payload), .text("\($0)")])
            }
        )
        #expect(rows.count == 48)
        #expect(try rows.last?.bytes(0, of: 0).count == (1 << 20) + 2)
    }

    @Test func statementsWithoutRowsHaveEmptyAnswers() async throws {
        let rows = try await PrivateServer.pool(maximumConnections: 1).run([
            PostgresStatement("create temporary table counted (number bigint)"),
            PostgresStatement("insert into counted values (1), (2)"),
            PostgresStatement(""),
            PostgresStatement("select number from counted where number > 5"),
            PostgresStatement("select number from counted order by number"),
            PostgresStatement("select from counted"),
        ])
        #expect(rows.map(\.count) == [0, 0, 0, 0, 2, 0])
        #expect(rows.map(\.columnCount) == [0, 0, 0, 1, 1, 0])
    }

    @Test func theFirstStatementThatFailsEndsTheCall() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        try await pool.use { session in
            _ = try await session.run(PostgresStatement("create temporary sequence steps"))
            let step = PostgresStatement("select nextval('steps')", name: "step")
            let failing = PostgresStatement("select $1 / 0", name: "failing", values: [.bigint(1)])
            let code = await failureCode {
                try await session.run([PostgresStatement("begin"), step, failing, step, step])
            }
            #expect(code?.text == "22012")
            // The transaction stays open, as failed.
            #expect(await failureCode { try await session.run(step) }?.text == "25P02")
            _ = try await session.run(PostgresStatement("rollback"))
            // Sequences are not undone: only the one before the failure was run.
            #expect(try await session.run(step).integer(0, of: 0) == 2)
            // What was prepared behind the failure was not, and what was before it is still there.
            #expect(await failureCode { try await session.run(failing) }?.text == "22012")
        }
    }

    @Test(arguments: ["commit", "END", " Commit and no chain"])
    func committingWhatHasFailedIsAFailure(_ commit: String) async throws {
        try await PrivateServer.pool(maximumConnections: 1).use { session in
            _ = await failureCode {
                try await session.run([PostgresStatement("begin"), PostgresStatement("select 1 / 0")])
            }
            #expect(await failureCode { try await session.run(PostgresStatement(commit)) }?.text == "40000")
            // It has ended all the same, and a rollback is none.
            _ = try await session.run([PostgresStatement("begin"), PostgresStatement("rollback")])
            _ = try await session.run([PostgresStatement("begin"), PostgresStatement(commit)])
        }
    }

    @Test func outsideOfATransactionACallIsOneOfItsOwn() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        try await pool.use { session in
            _ = try await session.run(PostgresStatement("create temporary table kept (number bigint)"))
            _ = await failureCode {
                try await session.run([
                    PostgresStatement("insert into kept values (1)"),
                    PostgresStatement("insert into kept values ('x')"),
                ])
            }
            #expect(try await session.run(PostgresStatement("select count(*) from kept")).integer(0, of: 0) == 0)
        }
    }

    @Test func aCheckThatFailsAtTheEndFailsTheCall() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        try await pool.use { session in
            _ = try await session.run(
                PostgresStatement("create temporary table once (number bigint unique deferrable initially deferred)")
            )
            let code = await failureCode {
                try await session.run([
                    PostgresStatement("insert into once values (1)"), PostgresStatement("insert into once values (1)"),
                ])
            }
            #expect(code?.text == "23505")
            #expect(try await session.run(PostgresStatement("select count(*) from once")).integer(0, of: 0) == 0)
        }
    }

    @Test func aStatementIsPreparedOnceForEachConnection() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        try await pool.use { session in
            for _ in 0..<5 {
                let named = PostgresStatement("select $1", name: "named", values: [.text("a")])
                _ = try await session.run([named, named])
            }
            // Another text, and other types, under the same name are run all the same.
            let other = PostgresStatement("select $1 || 'b'", name: "named", values: [.text("a")])
            #expect(try await session.run(other).text(0, of: 0) == "ab")
            let number = PostgresStatement("select $1", name: "named", values: [.bigint(5)])
            #expect(try await session.run(number).integer(0, of: 0) == 5)
            let count = PostgresStatement("select count(*) from pg_prepared_statements where statement = 'select $1'")
            #expect(try await session.run(count).integer(0, of: 0) == 1)
        }
    }

    @Test func aPlanWhoseColumnsChangedIsPreparedAnew() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        let all = PostgresStatement("select * from changing", name: "all")
        let first = try await pool.use { session in
            _ = try await session.run(PostgresStatement("create temporary table changing (a bigint)"))
            #expect(try await session.run(all).columnCount == 1)
            _ = try await session.run(PostgresStatement("alter table changing add column b bigint"))
            #expect(await failureCode { try await session.run(all) }?.text == "0A000")
            #expect(try await session.run(all).columnCount == 2)
            return try await LibPQPool.processID(session)
        }
        // The old plan is left behind with its connection.
        #expect(try await pool.use(LibPQPool.processID) != first)
    }

    @Test func aStatementTheServerForgotIsPreparedAnew() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        try await pool.use { session in
            let one = PostgresStatement("select 1::bigint", name: "one")
            _ = try await session.run([one, PostgresStatement("deallocate all")])
            #expect(await failureCode { try await session.run(one) }?.text == "26000")
            #expect(try await session.run(one).integer(0, of: 0) == 1)
        }
    }

    @Test func callsAtTheSameTimeOnOneSessionComeOneAfterTheOther() async throws {
        try await PrivateServer.pool(maximumConnections: 1).use { session in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in Int64(0)..<100 {
                    group.addTask {
                        let statement = PostgresStatement("select $1", name: "echo", values: [.bigint(number)])
                        return try await session.run([statement, statement])[1].integer(0, of: 0) == number
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test func copyingIsRefusedWithoutHanging() async throws {
        let pool = try PrivateServer.pool(maximumConnections: 1)
        #expect(await failureCode { try await pool.run("copy (select 1) to stdout") } != nil)
        #expect(try await pool.run("select 1::bigint").integer(0, of: 0) == 1)
    }
}
#endif
