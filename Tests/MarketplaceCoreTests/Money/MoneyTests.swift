import Foundation
import MarketplaceCore
import TestSupport
import Testing

struct MoneyTests {
    private let price = Money(minorUnits: 1999, .usd)

    @Test func addsSubtractsAndMultiplies() throws {
        #expect(try price + Money(minorUnits: 1, .usd) == Money(minorUnits: 2000, .usd))
        #expect(try price - Money(minorUnits: 2000, .usd) == Money(minorUnits: -1, .usd))
        #expect(try price * Int64(3) == Money(minorUnits: 5997, .usd))
        #expect(try price * Int64(-1) == price.negated())
        #expect(try price * Quantity(2) == Money(minorUnits: 3998, .usd))
    }

    @Test func addsAndSubtractsInPlace() throws {
        var balance = Money.zero(.usd)
        try balance += price
        try balance += price
        try balance -= Money(minorUnits: 1, .usd)
        #expect(balance == Money(minorUnits: 3997, .usd))
        #expect(throws: MoneyError.self) { try balance += Money(minorUnits: .max, .usd) }
        #expect(balance == Money(minorUnits: 3997, .usd))
    }

    @Test func knowsItsSign() {
        #expect(Money.zero(.eur).isZero && !Money.zero(.eur).isNegative && !Money.zero(.eur).isPositive)
        #expect(price.isPositive && !price.isZero && !price.isNegative)
        #expect(Money(minorUnits: .min, .usd).isNegative)
    }

    @Test func comparesWithinOneCurrency() throws {
        let more = Money(minorUnits: 2000, .usd)
        #expect(try price < more)
        #expect(try !(more < price))
        #expect(try price <= price)
        #expect(try more > price)
        #expect(try more >= more)
        #expect(try !(price >= more))
    }

    @Test func twoCurrenciesDoNotMix() {
        let other = Money(minorUnits: 1999, .eur)
        let mismatch = MoneyError.currencyMismatch(left: .usd, right: .eur)
        #expect(price != other)
        #expect(thrownError { () throws(MoneyError) in _ = try price + other } == mismatch)
        #expect(thrownError { () throws(MoneyError) in _ = try price - other } == mismatch)
        #expect(thrownError { () throws(MoneyError) in _ = try price < other } == mismatch)
        #expect(thrownError { () throws(MoneyError) in _ = try price >= other } == mismatch)
        #expect(thrownError { () throws(MoneyError) in _ = try Money.sum(of: [price, other], in: .usd) } == mismatch)
        #expect(mismatch.effect == .refused)
        #expect(mismatch.description == "two currencies cannot mix: USD and EUR")
    }

    @Test func anOverflowNamesOperationAndOperands() {
        let most = Money(minorUnits: .max, .usd)
        let least = Money(minorUnits: .min, .usd)
        let cent = Money(minorUnits: 1, .usd)
        #expect(thrownError { () throws(MoneyError) in _ = try most + cent } == .overflow(.addition(most, cent)))
        #expect(thrownError { () throws(MoneyError) in _ = try least - cent } == .overflow(.subtraction(least, cent)))
        #expect(thrownError { () throws(MoneyError) in _ = try most * 2 } == .overflow(.multiplication(most, by: 2)))
        #expect(
            thrownError { () throws(MoneyError) in _ = try least * -1 } == .overflow(.multiplication(least, by: -1))
        )
        #expect(thrownError { () throws(MoneyError) in _ = try least.negated() } == .overflow(.negation(least)))
        let ratio = Ratio(2)
        #expect(
            thrownError { () throws(MoneyError) in _ = try most.scaled(by: ratio, rounding: .down) }
                == .overflow(.scaling(most, by: ratio))
        )
        #expect(
            thrownError { () throws(MoneyError) in _ = try Money.sum(of: [most, cent], in: .usd) }
                == .overflow(.sum(exact: Int128(Int64.max) + 1, .usd))
        )
        #expect(
            MoneyError.overflow(.addition(most, cent)).description
                == "the result does not fit: 92233720368547758.07 USD + 0.01 USD"
        )
    }

    @Test func aSumNeedsOnlyItsResultToFit() throws {
        let most = Money(minorUnits: .max, .usd)
        #expect(try Money.sum(of: [most, most, most.negated(), most.negated()], in: .usd) == .zero(.usd))
        #expect(try Money.sum(of: [], in: .krw) == .zero(.krw))
    }

    @Test func arithmeticIsExactOrRefused() {
        PropertyRun.check { run throws in
            let (left, right) = (run.integer(), run.integer())
            let (a, b) = (Money(minorUnits: left, .krw), Money(minorUnits: right, .krw))
            #expect((try? (a + b).minorUnits) == Int64(exactly: Int128(left) + Int128(right)), run.replay)
            #expect((try? (a - b).minorUnits) == Int64(exactly: Int128(left) - Int128(right)), run.replay)
            #expect((try? (a * right).minorUnits) == Int64(exactly: Int128(left) * Int128(right)), run.replay)
            #expect((try? a.negated().minorUnits) == Int64(exactly: -Int128(left)), run.replay)
            #expect((try? a < b) == (left < right), run.replay)
        }
    }

    @Test func aShareIsRoundedOnce() throws {
        #expect(try price.share(.percent(20), rounding: .halfUp) == Money(minorUnits: 400, .usd))
        #expect(try price.share(.percent(20), rounding: .down) == Money(minorUnits: 399, .usd))
        #expect(try price.share(.basisPoints(1250), rounding: .halfEven) == Money(minorUnits: 250, .usd))
        #expect(try Money(minorUnits: 4185, .usd).share(.percent(10), rounding: .halfDown).minorUnits == 418)
        #expect(try Money(minorUnits: .min, .usd).share(.whole, rounding: .up).minorUnits == .min)
    }

    @Test func theEncodedFormIsStable() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(price), as: UTF8.self) == #"{"currency":"USD","minorUnits":1999}"#)
        for minorUnits in [Int64.min, -1, 0, .max] {
            let money = Money(minorUnits: minorUnits, .clf)
            #expect(try JSONDecoder().decode(Money.self, from: encoder.encode(money)) == money)
        }
    }

    @Test(arguments: [
        #"{"minorUnits":1.5,"currency":"USD"}"#, #"{"minorUnits":1,"currency":"usd"}"#, #"{"minorUnits":1}"#,
        #"{"minorUnits":9223372036854775808,"currency":"USD"}"#,
    ])
    func aBadFormIsNotDecoded(_ json: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Money.self, from: Data(json.utf8)) }
    }
}
