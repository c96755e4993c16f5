#if LibPQ
@testable import MarketplacePostgres
import Testing

@Suite(.onPrivateServer) struct LibPQValueTests {
    @Test(arguments: [0, 1, -1, 42, Int64.max, .min])
    func numbersComeBackAsTheyWere(_ number: Int64) async throws {
        let rows = try await PrivateServer.pool().run("select $1, $1::text", .bigint(number))
        #expect(try rows.integer(0, of: 0) == number)
        #expect(try rows.text(1, of: 0) == String(number))
    }

    @Test(arguments: [
        "", "'", "\"; drop table x; --", "\\x00", "é", "e\u{301}", "👩‍👩‍👧‍👦", "$1", "%s", "\u{1}\u{7F}", "null",
    ])
    func textsComeBackAsTheyWere(_ text: String) async throws {
        let rows = try await PrivateServer.pool().run("select $1, octet_length($1)::bigint", .text(text))
        #expect(Array(try rows.text(0, of: 0).utf8) == Array(text.utf8))
        #expect(try rows.integer(1, of: 0) == Int64(text.utf8.count))
    }

    @Test(arguments: [0, 1, 255, 4_095, 4_096, 4_097, 1 << 20, 3 << 20])
    func bytesComeBackAsTheyWere(_ count: Int) async throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let rows = try await PrivateServer.pool().run("select $1, length($1)::bigint, $1", .bytes(bytes))
        #expect(try rows.bytes(0, of: 0) == bytes)
        #expect(try rows.integer(1, of: 0) == Int64(count))
        #expect(try rows.bytes(2, of: 0) == bytes)
    }

    @Test func nullIsNotTheSameAsNothing() async throws {
        let rows = try await PrivateServer.pool().run(
            "select $1 is null, $2 is null, $1, $2, $3::bigint",
            PostgresValue(type: .text, bytes: nil),
            .text(""),
            PostgresValue(type: .bigint, bytes: nil)
        )
        #expect(try rows.flag(0, of: 0))
        #expect(try !rows.flag(1, of: 0))
        #expect(try rows.textIfAny(2, of: 0) == nil)
        #expect(try rows.textIfAny(3, of: 0) == "")
        #expect(try rows.integerIfAny(4, of: 0) == nil)
    }

    @Test(arguments: [0, 1, 3, 10_000])
    func arraysComeBackElementByElement(_ count: Int) async throws {
        let numbers = (0..<count).map { Int64($0) * 1_000_000_007 }
        let texts = (0..<count).map { $0 % 7 == 3 ? nil : "element '\($0)' {\"\\" }
        let blobs = (0..<count).map {
            $0 % 5 == 2 ? nil : [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: $0 % 9)
        }
        let rows = try await PrivateServer.pool().run(
            """
            select n, t, b from unnest($1, $2, $3) with ordinality as all_of (n, t, b, place) order by place
            """,
            .bigints(numbers),
            .texts(texts),
            .bytesList(blobs)
        )
        try #require(rows.count == count)
        for place in 0..<count {
            #expect(try rows.integer(0, of: place) == numbers[place])
            #expect(try rows.textIfAny(1, of: place) == texts[place])
            #expect(rows.cell(2, of: place).map(Array.init) == blobs[place])
        }
    }

    @Test func aTextWithANulIsRefusedByTheServer() async throws {
        let pool = try PrivateServer.pool()
        #expect(await failureCode { try await pool.run("select $1", .text("a\0b")) }?.text == "22021")
    }

    @Test func aStatementThatCannotBeSentIsRefusedAndTheSessionGoesOn() async throws {
        let pool = try PrivateServer.pool()
        try await pool.use { session in
            let tooMany = PostgresStatement("select 1", values: Array(repeating: .bigint(1), count: 65_536))
            #expect(
                await failureCode { try await session.run([PostgresStatement("select 1"), tooMany]) }?.text == "54023"
            )
            #expect(await failureCode { try await session.run(PostgresStatement("select 1\0")) }?.text == "42601")
            let rows = try await session.run(PostgresStatement("select 7::bigint"))
            #expect(try rows.integer(0, of: 0) == 7)
        }
    }
}
#endif
