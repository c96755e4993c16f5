#if LibPQ
import MarketplacePostgres
import Testing

@Suite struct LibPQPipelineTests {
    @Test func oneStatementIsAnswered() async throws {
        let pool = LibPQPool(try PrivateServer.configuration())
        let rows = try await pool.withSession { session throws(PostgresFailure) in
            try await session.run([
                PostgresStatement("begin"),
                PostgresStatement("select $1::bigint + 1", name: "increment", values: [.bigint(41)]),
                PostgresStatement("commit"),
            ])
        }
        #expect(rows.count == 3)
        #expect(rows[1].cell(0, of: 0).map(Array.init) == [0, 0, 0, 0, 0, 0, 0, 42])
    }
}
#endif
