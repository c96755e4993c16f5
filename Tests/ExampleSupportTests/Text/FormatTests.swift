import Testing

@testable import ExampleSupport

struct FormatTests {
    @Test(arguments: [
        (0, "0"), (999, "999"), (1_000, "1,000"), (-1_000, "-1,000"), (-999, "-999"), (1_234_567, "1,234,567"),
        (Int64.min, "-9,223,372,036,854,775,808"),
    ])
    func countsHaveACommaBetweenThousands(number: Int64, text: String) {
        #expect(Format.count(number) == text)
    }

    @Test(arguments: [
        (0, "0 ns"), (999, "999 ns"), (1_000, "1.00 µs"), (1_234, "1.23 µs"), (9_994, "9.99 µs"), (9_995, "10.0 µs"),
        (99_949, "99.9 µs"), (99_950, "100 µs"), (999_499, "999 µs"), (999_500, "1.00 ms"), (1_230_000, "1.23 ms"),
        (45_600_000_000, "45.6 s"), (59_940_000_000, "59.9 s"), (59_960_000_000, "1 min 00 s"),
        (125_000_000_000, "2 min 05 s"), (3_599_600_000_000, "1 h 00 min"), (7_500_000_000_000, "2 h 05 min"),
        (-1_500, "-1.50 µs"),
    ])
    func durationsHaveThreeSignificantDigits(nanoseconds: Int64, text: String) {
        #expect(Format.duration(.nanoseconds(nanoseconds)) == text)
    }

    @Test func theLongestDurationsAreWritten() {
        #expect(Format.duration(Duration(secondsComponent: .max, attosecondsComponent: 0)).hasSuffix(" min"))
        #expect(Format.duration(Duration(secondsComponent: .min, attosecondsComponent: 0)).hasPrefix("-"))
    }

    @Test func aRateIsACountForEachSecond() {
        #expect(Format.rate(24_690, in: .seconds(2)) == "12,345 /s")
        #expect(Format.rate(5, in: .seconds(2)) == "2.5 /s")
        #expect(Format.rate(Int64.max, in: .nanoseconds(1)).hasSuffix(" /s"))
        #expect(Format.rate(5, in: .zero) == "n/a")
        #expect(Format.rate(-5, in: .seconds(1)) == "n/a")
    }

    @Test func aShareHasTwoDecimals() {
        #expect(Format.share(302, of: 10_000) == "3.02 %")
        #expect(Format.share(2, of: 3) == "66.67 %")
        #expect(Format.share(0, of: 3) == "0.00 %")
        #expect(Format.share(1, of: 0) == "n/a")
        #expect(Format.share(Int64.max, of: 1).hasSuffix(" %"))
    }

    @Test func aFixedDecimalKeepsItsZeros() {
        #expect(Format.fixed(5, decimals: 2) == "0.05")
        #expect(Format.fixed(1_230, decimals: 2) == "12.30")
        #expect(Format.fixed(7, decimals: 0) == "7")
    }
}
