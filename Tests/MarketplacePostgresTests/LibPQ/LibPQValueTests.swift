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

    @Test(arguments: [UInt128.min, 1, .max, 1 << 64, 0x0123_4567_89AB_CDEF_0123_4567_89AB_CDEF])
    func identifiersAndFlagsComeBackAsTheyWere(_ bits: UInt128) async throws {
        let rows = try await PrivateServer.pool().run(
            "select $1, $2, not $2",
            .uuid(bits),
            .boolean(bits & 1 == 0)
        )
        #expect(try rows.bits(0, of: 0) == bits)
        #expect(try rows.flag(1, of: 0) == (bits & 1 == 0))
        #expect(try rows.flag(2, of: 0) == (bits & 1 == 1))
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
        let blobs = (0..<count).map { [UInt8](repeating: UInt8(truncatingIfNeeded: $0), count: $0 % 9) }
        let bits = (0..<count).map { UInt128($0) << 64 | UInt128(UInt64.max - UInt64($0)) }
        let rows = try await PrivateServer.pool().run(
            """
            select n, t, b, u from unnest($1, $2, $3, $4) with ordinality as all_of (n, t, b, u, place) order by place
            """,
            .bigints(numbers),
            .texts(texts),
            .bytesList(blobs),
            .uuids(bits)
        )
        try #require(rows.count == count)
        for place in 0..<count {
            #expect(try rows.integer(0, of: place) == numbers[place])
            #expect(try rows.textIfAny(1, of: place) == texts[place])
            #expect(try rows.bytes(2, of: place) == blobs[place])
            #expect(try rows.bits(3, of: place) == bits[place])
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
