import MarketplaceCore
import Testing

@Suite struct DurationPeriodTests {
    @Test(
        arguments: [
            ("PT15M", Duration.minutes(15)), ("P14D", .days(14)), ("PT0S", .zero), ("P2W", .days(14)),
            ("P1DT12H30M5S", .seconds(131_405)), ("PT1H", .hours(1)),
        ]
    )
    func periodsOfFixedLengthAreRead(_ text: String, _ expected: Duration) throws {
        #expect(try Duration(iso8601: text) == expected)
    }

    @Test(
        arguments: [
            ("", ISO8601PeriodError.malformed(offset: 0)), ("15M", .malformed(offset: 0)), ("P", .malformed(offset: 1)),
            ("PT", .malformed(offset: 2)), ("P1DT", .malformed(offset: 4)), ("PT5", .malformed(offset: 3)),
            ("P1M", .noFixedLength(unit: "M")), ("P1Y", .noFixedLength(unit: "Y")), ("PT1S1M", .malformed(offset: 5)),
            ("P-1D", .malformed(offset: 1)), ("P1D1D", .malformed(offset: 4)), ("PT1.5S", .malformed(offset: 3)),
            ("P99999999999999999999D", .tooLong(offset: 1)), ("P9223372036854775807D", .tooLong(offset: 1)),
            ("PT9223372036854775807M", .tooLong(offset: 2)), ("P1DT9223372036854775807S", .tooLong(offset: 4)),
        ]
    )
    func otherTextsAreRefusedWithThePlace(_ text: String, _ expected: ISO8601PeriodError) {
        #expect(throws: expected) { try Duration(iso8601: text) }
    }

    @Test func hugeCountsAreClamped() {
        #expect(Duration.days(.max) == .seconds(Int64.max))
        #expect(Duration.minutes(.min) == .seconds(Int64.min))
    }
}
