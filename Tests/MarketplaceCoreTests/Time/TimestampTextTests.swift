import Foundation
import MarketplaceCore
import TestSupport
import Testing

struct TimestampTextTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59.999999Z"),
            (1_795_147_506_123_456, "2026-11-20T04:05:06.123456Z"), (500_000, "1970-01-01T00:00:00.500000Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00Z"), (-2_203_891_200_000_000, "1900-03-01T00:00:00Z"),
            (-62_135_596_800_000_000, "0001-01-01T00:00:00Z"), (-62_167_219_200_000_000, "0000-01-01T00:00:00Z"),
            (-62_167_219_200_000_001, "-000001-12-31T23:59:59.999999Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
            (253_402_300_800_000_000, "+010000-01-01T00:00:00Z"),
            (.max, "+294247-01-10T04:00:54.775807Z"), (.min, "-290308-12-21T19:59:05.224192Z"),
        ] as [(Int64, String)]
    )
    func printsAndParses(_ microseconds: Int64, _ text: String) throws {
        let time = Timestamp(microsecondsSinceEpoch: microseconds)
        #expect(time.description == text)
        #expect(try Timestamp(parsing: text) == time)
    }

    @Test func everyTimePrintsAndParsesBack() throws {
        PropertyRun.check { run throws in
            let time = Timestamp(microsecondsSinceEpoch: run.integer())
            #expect(try Timestamp(parsing: time.description) == time, run.replay)
            #expect(Timestamp(time.description) == time, run.replay)
            #expect(try JSONDecoder().decode(Timestamp.self, from: JSONEncoder().encode(time)) == time, run.replay)
        }
    }

    @Test func theDaysOf800YearsFollowEachOther() throws {
        let day: Int64 = 86_400_000_000
        var (year, month, dayOfMonth) = (1600, 1, 1)
        var time = try Timestamp(parsing: "1600-01-01T00:00:00Z")
        while year < 2400 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
            let numbers = time.description.prefix(10).split(separator: "-").compactMap { Int($0) }
            try #require(numbers == [year, month, dayOfMonth])
            time.microsecondsSinceEpoch += day
            dayOfMonth += 1
            if dayOfMonth > lengths[month - 1] { (month, dayOfMonth) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test(arguments: [
        ("2026-11-20T13:05:06+09:00", "2026-11-20T04:05:06Z"), ("2026-11-19t23:35:06-04:30", "2026-11-20T04:05:06Z"),
        ("2026-11-20t04:05:06z", "2026-11-20T04:05:06Z"), ("2026-11-20T04:05:06-00:00", "2026-11-20T04:05:06Z"),
        ("2026-11-20T04:05:06.1Z", "2026-11-20T04:05:06.100000Z"),
        ("2026-11-20T04:05:06.123456789Z", "2026-11-20T04:05:06.123456Z"),
        ("2026-11-20T04:05:06.0000009Z", "2026-11-20T04:05:06Z"),
        ("+002026-11-20T04:05:06Z", "2026-11-20T04:05:06Z"), ("2000-01-01T00:00:00+23:59", "1999-12-31T00:01:00Z"),
    ])
    func readsOtherFormsOfTheSameTime(_ text: String, _ printed: String) throws {
        #expect(try Timestamp(parsing: text).description == printed)
    }

    @Test func aFractionOfAnyLengthIsRead() throws {
        let text = "1970-01-01T00:00:00." + String(repeating: "9", count: 100_000) + "Z"
        #expect(try Timestamp(parsing: text).microsecondsSinceEpoch == 999_999)
    }

    @Test(
        arguments: [
            ("", .expectedDigit, 0), ("2026", .expected("-"), 4), ("26-11-20T04:05:06Z", .expectedDigit, 2),
            ("2026-1-20T04:05:06Z", .expectedDigit, 6), ("2026/11/20T04:05:06Z", .expected("-"), 4),
            ("2026-11-20 04:05:06Z", .expected("T"), 10), ("2026-11-20T04:05Z", .expected(":"), 16),
            ("2026-11-20T04:05:06", .expectedOffset, 19), ("2026-11-20T04:05:06.Z", .expectedDigit, 20),
            ("2026-11-20T04:05:06,5Z", .expectedOffset, 19), ("2026-11-20T04:05:06+0900", .expected(":"), 22),
            ("2026-11-20T04:05:06Z ", .unexpectedText, 20), ("-000000-01-01T00:00:00Z", .negativeYearZero, 0),
            ("+10000-01-01T00:00:00Z", .expectedDigit, 6),
            ("2026-00-20T04:05:06Z", .outOfRange(.month, 0, allowed: 1...12), 5),
            ("2026-13-20T04:05:06Z", .outOfRange(.month, 13, allowed: 1...12), 5),
            ("2026-11-00T04:05:06Z", .outOfRange(.day, 0, allowed: 1...30), 8),
            ("2026-11-31T04:05:06Z", .outOfRange(.day, 31, allowed: 1...30), 8),
            ("2026-02-29T04:05:06Z", .outOfRange(.day, 29, allowed: 1...28), 8),
            ("1900-02-29T04:05:06Z", .outOfRange(.day, 29, allowed: 1...28), 8),
            ("2000-02-30T04:05:06Z", .outOfRange(.day, 30, allowed: 1...29), 8),
            ("2026-11-20T24:00:00Z", .outOfRange(.hour, 24, allowed: 0...23), 11),
            ("2026-11-20T04:60:06Z", .outOfRange(.minute, 60, allowed: 0...59), 14),
            ("2016-12-31T23:59:60Z", .leapSecond, 17),
            ("2026-11-20T04:05:61Z", .outOfRange(.second, 61, allowed: 0...59), 17),
            ("2026-11-20T04:05:06+24:00", .outOfRange(.offsetHour, 24, allowed: 0...23), 20),
            ("2026-11-20T04:05:06-09:60", .outOfRange(.offsetMinute, 60, allowed: 0...59), 23),
            ("+294247-01-10T04:00:54.775808Z", .notRepresentable, 0), ("-999999-01-01T00:00:00Z", .notRepresentable, 0),
            ("-290308-12-21T19:59:05.224192+00:01", .notRepresentable, 0), ("２026-11-20T04:05:06Z", .expectedDigit, 0),
        ] as [(String, TimestampParseReason, Int)]
    )
    func saysWhatIsWrongAndWhere(_ text: String, _ reason: TimestampParseReason, _ offset: Int) {
        let error = thrownError { () throws(TimestampParseError) in _ = try Timestamp(parsing: text) }
        #expect(error == TimestampParseError(reason, utf8Offset: offset))
        #expect(error?.effect == .refused)
        #expect(Timestamp(text) == nil)
    }

    @Test func anErrorIsASentence() {
        let error = thrownError { () throws(TimestampParseError) in _ = try Timestamp(parsing: "2026-13-01T00:00:00Z") }
        #expect(error?.description == "the month is 13, not within 1...12, at byte 5")
    }

    @Test func isEncodedAsMicroseconds() throws {
        let time = Timestamp(microsecondsSinceEpoch: -12_345)
        #expect(String(decoding: try JSONEncoder().encode(time), as: UTF8.self) == "-12345")
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Timestamp.self, from: Data("1.5".utf8)) }
    }

    @Test func aMutilatedTextIsRefusedOrATime() {
        PropertyRun.check { run throws in
            let time = Timestamp(microsecondsSinceEpoch: run.integer())
            var bytes = Array(time.description.utf8)
            bytes[run.natural(through: bytes.count - 1)] = UInt8(run.natural(through: 255))
            guard let parsed = Timestamp(String(decoding: bytes, as: UTF8.self)) else { return }
            #expect(Timestamp(parsed.description) == parsed, run.replay)
        }
    }
}
