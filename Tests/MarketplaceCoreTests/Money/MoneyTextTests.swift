import MarketplaceCore
import TestSupport
import Testing

struct MoneyTextTests {
    @Test(
        arguments: [
            (1999, Currency.usd, "19.99 USD"), (1500, .krw, "1500 KRW"), (-5, .usd, "-0.05 USD"),
            (1234, .kwd, "1.234 KWD"),
            (0, .usd, "0.00 USD"), (0, .jpy, "0 JPY"), (-1, .clf, "-0.0001 CLF"), (-1, .krw, "-1 KRW"),
            (.min, .usd, "-92233720368547758.08 USD"), (.max, .clf, "922337203685477.5807 CLF"),
            (.min, .jpy, "-9223372036854775808 JPY"),
        ] as [(Int64, Currency, String)]
    )
    func printsAndParses(_ minorUnits: Int64, _ currency: Currency, _ text: String) throws {
        let money = Money(minorUnits: minorUnits, currency)
        #expect(money.description == text)
        #expect(try Money(parsing: text) == money)
        #expect(Money(text) == money)
    }

    @Test func everyAmountOfEveryCurrencyPrintsAndParsesBack() throws {
        PropertyRun.check(200) { run throws in
            for currency in Currency.iso4217 {
                let money = Money(minorUnits: run.integer(), currency)
                #expect(try Money(parsing: money.description) == money, run.replay)
            }
        }
    }

    @Test func leadingZerosAndASignedZeroAreAccepted() throws {
        #expect(try Money(parsing: "0019.99 USD") == Money(minorUnits: 1999, .usd))
        #expect(try Money(parsing: "-0.00 USD") == .zero(.usd))
    }

    @Test(
        arguments: [
            ("", .expectedDigit, 0), ("-", .expectedDigit, 1), ("+1.00 USD", .expectedDigit, 0),
            ("x", .expectedDigit, 0),
            (".50 USD", .expectedDigit, 0), ("1. USD", .expectedDigit, 2), ("--1.00 USD", .expectedDigit, 1),
            ("19.99", .expectedSpace, 5), ("19.99USD", .expectedSpace, 5), ("1,999.00 USD", .expectedSpace, 1),
            ("19.99  USD", .currency(.malformed(" USD")), 6), ("19.99 ", .currency(.malformed("")), 6),
            ("19.99 usd", .currency(.malformed("usd")), 6), ("19.99 XYZ", .currency(.unknown("XYZ")), 6),
            ("19.99 USD ", .currency(.malformed("USD ")), 6), ("1.0.0 USD", .expectedSpace, 3),
            ("19.9 USD", .wrongFraction(expected: 2, found: 1, .usd), 2),
            ("-19 USD", .wrongFraction(expected: 2, found: 0, .usd), 3),
            ("19.999 USD", .wrongFraction(expected: 2, found: 3, .usd), 2),
            ("1500.0 KRW", .wrongFraction(expected: 0, found: 1, .krw), 4),
            ("92233720368547758.08 USD", .overflow, 0), ("-92233720368547758.09 USD", .overflow, 1),
            ("99999999999999999999999999999999999999999999999999 KRW", .overflow, 0), ("1９ KRW", .expectedSpace, 1),
        ] as [(String, MoneyParseReason, Int)]
    )
    func saysWhatIsWrongAndWhere(_ text: String, _ reason: MoneyParseReason, _ offset: Int) {
        let error = thrownError { () throws(MoneyParseError) in _ = try Money(parsing: text) }
        #expect(error == MoneyParseError(reason, utf8Offset: offset))
        #expect(error?.effect == .refused)
        #expect(error?.description.hasSuffix("at byte \(offset)") == true)
        #expect(Money(text) == nil)
    }

    @Test func aMutilatedTextIsRefusedOrPrintsBackWithoutZeros() {
        PropertyRun.check { run throws in
            let money = Money(minorUnits: run.integer(), run.element(of: Currency.iso4217))
            var bytes = Array(money.description.utf8)
            bytes[run.natural(through: bytes.count - 1)] = UInt8(run.natural(through: 127))
            let text = String(decoding: bytes, as: UTF8.self)
            guard let parsed = Money(text) else { return }
            #expect(Money(parsed.description) == parsed, run.replay)
        }
    }
}
