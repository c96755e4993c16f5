import Foundation
import MarketplaceCore
import TestSupport
import Testing

struct RatioTests {
    @Test func isInLowestTermsWithAPositiveDenominator() throws {
        let ratio = try Ratio(6, over: -8)
        #expect(ratio.numerator == -3 && ratio.denominator == 4)
        #expect(try ratio == Ratio(-3, over: 4))
        #expect(try Ratio(0, over: .min) == .zero)
        #expect(try Ratio(.min, over: .min) == .one)
        #expect(try Ratio(.min, over: 2).numerator == .min / 2)
        #expect(try Ratio(.min, over: -2).numerator == 1 << 62)
    }

    @Test func refusesWhatDoesNotFit() throws {
        typealias Operation = RatioError.Operation
        #expect(
            thrownError { () throws(RatioError) in _ = try Ratio(7, over: 0) } == .zeroDenominator(numerator: 7)
        )
        #expect(
            thrownError { () throws(RatioError) in _ = try Ratio(.min, over: -1) }
                == .overflow(.fraction(.min, -1))
        )
        #expect(
            thrownError { () throws(RatioError) in _ = try Ratio(1, over: .min) } == .overflow(.fraction(1, .min))
        )
        let (most, tiny) = (Ratio(.max), try Ratio(1, over: .max))
        #expect(thrownError { () throws(RatioError) in _ = try most + .one } == .overflow(.addition(most, .one)))
        #expect(thrownError { () throws(RatioError) in _ = try tiny - most } == .overflow(.subtraction(tiny, most)))
        #expect(thrownError { () throws(RatioError) in _ = try most * most } == .overflow(.multiplication(most, most)))
        #expect(thrownError { () throws(RatioError) in _ = try tiny / most } == .overflow(.division(tiny, most)))
        #expect(thrownError { () throws(RatioError) in _ = try most / .zero } == .zeroDenominator(numerator: .max))
        #expect(RatioError.overflow(.addition(.one, .zero)).description == "the lowest terms do not fit: 1 + 0")
        #expect(RatioError.zeroDenominator(numerator: 1).effect == .refused)
    }

    @Test func arithmeticIsExact() throws {
        let (half, third) = (try Ratio(1, over: 2), try Ratio(1, over: 3))
        #expect(try half + third == Ratio(5, over: 6))
        #expect(try half - third == Ratio(1, over: 6))
        #expect(try half * third == Ratio(1, over: 6))
        #expect(try half / third == Ratio(3, over: 2))
        #expect(try half / Ratio(-3) == Ratio(-1, over: 6))
        #expect(third < half && !(half < third))
    }

    @Test func addingAndTakingOffAgainGivesTheSame() {
        PropertyRun.check { run throws in
            guard let left = try? run.ratio(), let right = try? run.ratio() else { return }
            if let sum = try? left + right { #expect((try? sum - right) == left, run.replay) }
            if !right.isZero, let product = try? left * right { #expect((try? product / right) == left, run.replay) }
            #expect((left < right) == ((try? left - right)?.isNegative ?? (left < right)), run.replay)
            #expect([left < right, left == right, right < left].filter(\.self).count == 1, run.replay)
        }
    }

    @Test func everyRatioPrintsAndParsesBack() throws {
        PropertyRun.check { run throws in
            let ratio = try run.ratio()
            #expect(try Ratio(parsing: ratio.description) == ratio, run.replay)
            #expect(try JSONDecoder().decode(Ratio.self, from: JSONEncoder().encode(ratio)) == ratio, run.replay)
        }
    }

    @Test(arguments: [
        ("-8328.578947368", "-8328.578947368"), ("0.5", "0.5"), ("1/3", "1/3"), ("2/4", "0.5"), ("-0", "0"),
        ("007.2500", "7.25"), ("-9223372036854775808", "-9223372036854775808"), ("1/1024", "0.0009765625"),
        ("0.000000000000000001", "0.000000000000000001"), ("1/4611686018427387904", "1/4611686018427387904"),
        ("18446744073709551616/18446744073709551616", "1"),
    ])
    func parsesAndPrints(_ text: String, _ printed: String) throws {
        #expect(try Ratio(parsing: text).description == printed)
    }

    @Test(
        arguments: [
            ("", .expectedDigit, 0), ("-", .expectedDigit, 1), ("+1", .expectedDigit, 0), (".5", .expectedDigit, 0),
            ("1.", .expectedDigit, 2), ("1/", .expectedDigit, 2), ("1/-2", .expectedDigit, 2),
            ("1e3", .unexpectedText, 1),
            ("1/2.5", .expectedDigit, 5), ("1.5/2", .unexpectedText, 3), ("1 ", .unexpectedText, 1),
            ("1/0", .zeroDenominator, 2), ("-9223372036854775809", .overflow, 0), ("9223372036854775808", .overflow, 0),
            ("0.0000000000000000001", .overflow, 0), ("1/9223372036854775808", .overflow, 0),
            ("1.00000000000000000000000000000000000000000", .overflow, 0),
            ("9999999999999999999999999999999999999999999", .overflow, 0),
            ("1/9999999999999999999999999999999999999999999", .overflow, 0),
        ] as [(String, RatioParseReason, Int)]
    )
    func saysWhatIsWrongAndWhere(_ text: String, _ reason: RatioParseReason, _ offset: Int) {
        let error = thrownError { () throws(RatioParseError) in _ = try Ratio(parsing: text) }
        #expect(error == RatioParseError(reason, utf8Offset: offset))
        #expect(Ratio(text) == nil)
    }

    @Test func fractionsBecomeWholeNumbersInTheSameProportion() throws {
        let ratios = try ["0.1", "0.2", "0.1", "0", "1/3"].map { try Ratio(parsing: $0) }
        #expect(try Ratio.wholeNumbers(proportionalTo: ratios) == [3, 6, 3, 0, 10])
        #expect(try Ratio.wholeNumbers(proportionalTo: [.zero, .zero]) == [0, 0])
        #expect(try Ratio.wholeNumbers(proportionalTo: []).isEmpty)
        let apart = [Ratio(.max), try Ratio(1, over: .max)]
        #expect(
            thrownError { () throws(RatioError) in _ = try Ratio.wholeNumbers(proportionalTo: apart) }
                == .overflow(.commonDenominator(count: 2))
        )
    }

    @Test func anyFractionsBecomeWholeNumbersOrAreRefused() throws {
        PropertyRun.check { run throws in
            let ratios = try (0...run.natural(through: 4)).map { _ in try run.ratio() }
            guard let numbers = try? Ratio.wholeNumbers(proportionalTo: ratios) else { return }
            let factors = zip(ratios, numbers).filter { !$0.0.isZero }.compactMap { try? Ratio($0.1) / $0.0 }
            #expect(Set(factors).count <= 1, run.replay)
            #expect(zip(ratios, numbers).allSatisfy { $0.numerator.signum() == $1.signum() }, run.replay)
        }
    }
}
