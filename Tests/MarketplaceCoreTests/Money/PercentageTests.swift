import Foundation
import MarketplaceCore
import TestSupport
import Testing

struct PercentageTests {
    @Test func isAnExactFraction() throws {
        #expect(try Percentage.percent(20).ratio == Ratio(1, over: 5))
        #expect(try Percentage.basisPoints(1250).ratio == Ratio(1, over: 8))
        #expect(Percentage.percent(100) == .whole)
        #expect(Percentage.basisPoints(0) == .zero)
        #expect(Percentage.percent(-20) < .zero)
    }

    @Test func anyNumberOfPercentIsAPercentage() {
        #expect(Percentage.percent(.min).description == "-9223372036854775808%")
        #expect(Percentage.percent(.max).description == "9223372036854775807%")
        #expect(Percentage.basisPoints(.min).description == "-92233720368547758.08%")
    }

    @Test(arguments: [
        ("12.5%", "12.5%"), ("20%", "20%"), ("0%", "0%"), ("-0.01%", "-0.01%"), ("100/3%", "100/3%"), ("7.50%", "7.5%"),
        ("1/4%", "0.25%"),
    ])
    func parsesAndPrints(_ text: String, _ printed: String) throws {
        #expect(try Percentage(parsing: text).description == printed)
    }

    @Test func everyPercentagePrintsAndParsesBack() throws {
        PropertyRun.check { run throws in
            let percentage = Percentage(try run.ratio())
            #expect(try Percentage(parsing: percentage.description) == percentage, run.replay)
            let data = try JSONEncoder().encode(percentage)
            #expect(try JSONDecoder().decode(Percentage.self, from: data) == percentage, run.replay)
        }
    }

    @Test(
        arguments: [
            ("", .expectedDigit, 0), ("12.5", .expectedPercentSign, 4), ("12.5 %", .expectedPercentSign, 4),
            ("12.5%%", .unexpectedText, 5), ("%", .expectedDigit, 0), ("1/0%", .zeroDenominator, 2),
            ("0.0000000000000000001%", .overflow, 0),
        ] as [(String, RatioParseReason, Int)]
    )
    func saysWhatIsWrongAndWhere(_ text: String, _ reason: RatioParseReason, _ offset: Int) {
        let error = thrownError { () throws(RatioParseError) in _ = try Percentage(parsing: text) }
        #expect(error == RatioParseError(reason, utf8Offset: offset))
        #expect(Percentage(text) == nil)
    }

    @Test func isEncodedAsItsText() throws {
        #expect(String(decoding: try JSONEncoder().encode(Percentage.basisPoints(1250)), as: UTF8.self) == #""12.5%""#)
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Percentage.self, from: Data(#""12""#.utf8)) }
    }
}
