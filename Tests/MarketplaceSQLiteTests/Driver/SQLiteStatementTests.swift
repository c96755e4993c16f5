#if SQLite
import CMarketplaceSQLite
import Testing
@testable import MarketplaceSQLite

struct SQLiteStatementTests {
    private static let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE

    @Test func everyKindOfValueComesBackAsItWasBound() throws {
        let handle = try SQLiteHandle(uri: "file::memory:", flags: Self.flags)
        let statement = try SQLiteStatement("select ?1, ?2, ?3, ?4, ?5, ?6, ?7", on: handle)
        let bits: UInt128 = 0x0102_0304_0506_0708_090A_0B0C_0D0E_0F10
        try statement.bind {
            $0.null()
            $0.integer(.min)
            $0.text("")
            $0.text("é\0x")
            $0.bytes([])
            $0.bytes([0, 1])
            $0.bits(bits)
        }
        #expect(try statement.step())
        #expect(statement.isNull(0))
        #expect(statement.integer(1) == .min)
        #expect(!statement.isNull(2) && !statement.isNull(4), "what is empty is not NULL")
        #expect(try statement.text(2) == "" && statement.text(3) == "é\0x")
        #expect(statement.bytes(4) == [] && statement.bytes(5) == [0, 1])
        #expect(try statement.bits(6) == bits)
        #expect(statement.bytes(6) == Array(1...16), "the highest byte first")
    }

    @Test func aRunKeepsNothingOfTheOneBefore() throws {
        let handle = try SQLiteHandle(uri: "file::memory:", flags: Self.flags)
        let statement = try SQLiteStatement("select ?1, ?2", on: handle)
        for size in [3, 100_000, 0, 5_000, 4_096, 1] {
            let (text, bytes) = (String(repeating: "t", count: size), [UInt8](repeating: 7, count: size))
            try statement.bind { $0.values([.text(text), .bytes(bytes)]) }
            #expect(try statement.step())
            #expect(try statement.text(0) == text && statement.bytes(1) == bytes)
            statement.reset()
        }
    }
}
#endif
