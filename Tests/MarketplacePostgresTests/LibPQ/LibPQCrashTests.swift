#if LibPQ
@testable import MarketplacePostgres
import Testing

@Suite(.onPrivateServer) struct LibPQCrashTests {
    /// What a call may end with while a server dies and is away.
    private func isExpected(_ code: PostgresFailure.Code) -> Bool {
        [.connectionLost, .notConnected].contains(code) || code.text.hasPrefix("57P")
    }

    @Test(arguments: ["kill", "immediate"])
    func allCallsEndWhenTheServerDiesAndGoOnWhenItIsBack(_ way: String) async throws {
        try await PrivateServer.withOwn { server, configuration in
            var limits = LibPQPool.Limits(maximumConnections: 4)
            limits.longestBackOff = .milliseconds(100)
            let pool = LibPQPool(configuration, limits: limits)
            _ = try await pool.run("create table acknowledged (number bigint)")
            let writers = (0..<8).map { writer in
                Task {
                    var written: [Int64] = []
                    while true {
                        let number = Int64(writer * 1_000_000 + written.count)
                        do throws(PostgresFailure) {
                            _ = try await pool.run([
                                PostgresStatement("begin"),
                                PostgresStatement(
                                    "insert into acknowledged values ($1)",
                                    name: "insert",
                                    values: [.bigint(number)]
                                ),
                                PostgresStatement("commit"),
                            ])
                            written.append(number)
                        } catch {
                            return (written, error.code)
                        }
                    }
                }
            }
            let (heard, continuation) = AsyncStream<String?>.makeStream()
            let listening = Task { await failureCode { try await pool.listen(to: "dying") { continuation.yield($0) } } }
            for await _ in heard { break }
            try await eventually { try await pool.run("select count(*) from acknowledged").integer(0, of: 0) > 100 }
            if way == "kill" { try await server.kill() } else { try await server.stopAtOnce() }

            var written: [Int64] = []
            for writer in writers {
                let (numbers, code) = await writer.value
                written += numbers
                #expect(isExpected(code), "\(code)")
            }
            #expect(await listening.value.map(isExpected) == true)
            #expect(await failureCode { try await pool.run("select 1") } == .notConnected)

            try await server.start()
            try await eventually { await failureCode { try await pool.run("select 1") } == nil }
            let kept = try await pool.run("select number from acknowledged")
            let numbers = Set(try (0..<kept.count).map { row in try kept.integer(0, of: row) })
            #expect(numbers.isSuperset(of: written))
            // Statements are prepared anew.
            let insert = PostgresStatement(
                "insert into acknowledged values ($1)",
                name: "insert",
                values: [.bigint(-1)]
            )
            _ = try await pool.run([insert])
        }
    }
}
#endif
