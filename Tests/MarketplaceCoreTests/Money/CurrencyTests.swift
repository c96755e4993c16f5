import Foundation
import MarketplaceCore
import TestSupport
import Testing

struct CurrencyTests {
    @Test func theTableIsThePublishedOne() {
        var published = CurrencyVector.exceptions
        for code in CurrencyVector.twoDecimal { published[code] = 2 }
        let table = Dictionary(uniqueKeysWithValues: Currency.iso4217.map { ($0.code, $0.exponent) })
        #expect(table == published)
    }

    @Test func everyCodeIsFoundAndPrintsBack() throws {
        for currency in Currency.iso4217 {
            #expect(try Currency(code: currency.code) == currency)
            #expect(currency.description == currency.code)
            #expect((1...999).contains(currency.numericCode))
            #expect((0...4).contains(currency.exponent))
            #expect(try JSONDecoder().decode(Currency.self, from: JSONEncoder().encode(currency)) == currency)
        }
    }

    @Test func everyCodeAndNumberIsUnique() {
        let count = Currency.iso4217.count
        #expect(Set(Currency.iso4217).count == count)
        #expect(Set(Currency.iso4217.map(\.code)).count == count)
        #expect(Set(Currency.iso4217.map(\.numericCode)).count == count)
    }

    @Test func theMembersCarryTheirFacts() {
        #expect(Currency.usd.code == "USD" && Currency.usd.exponent == 2 && Currency.usd.numericCode == 840)
        #expect(Currency.eur.code == "EUR" && Currency.eur.exponent == 2 && Currency.eur.numericCode == 978)
        #expect(Currency.krw.code == "KRW" && Currency.krw.exponent == 0 && Currency.krw.numericCode == 410)
        #expect(Currency.jpy.code == "JPY" && Currency.jpy.exponent == 0 && Currency.jpy.numericCode == 392)
        #expect(Currency.kwd.code == "KWD" && Currency.kwd.exponent == 3 && Currency.kwd.numericCode == 414)
        #expect(Currency.clf.code == "CLF" && Currency.clf.exponent == 4 && Currency.clf.numericCode == 990)
        #expect(Currency.`try`.code == "TRY" && Currency.`try`.numericCode == 949)
        #expect(Currency.kwd.minorUnitsPerMajorUnit == 1000)
        #expect(MemoryLayout<Currency>.size == 4)
    }

    @Test(arguments: ["", "U", "US", "USDX", "usd", "U$D", "US ", " USD", "ÄUR", "\u{0}\u{0}\u{0}", "USD\u{0}"])
    func aTextThatIsNoCodeIsNamed(_ text: String) {
        #expect(thrownError { () throws(CurrencyError) in _ = try Currency(code: text) } == .malformed(text))
    }

    @Test(arguments: ["AAA", "ZZZ", "USE", "DEM"])
    func aCodeThatIsNotOnTheListIsNamed(_ code: String) {
        let error = thrownError { () throws(CurrencyError) in _ = try Currency(code: code) }
        #expect(error == .unknown(code))
        #expect(error?.effect == .refused)
        #expect(error?.description.contains(code) == true)
    }

    @Test func anErrorKeepsOnlyTheStartOfALongText() {
        let text = String(repeating: "x", count: 1_000_000)
        let error = thrownError { () throws(CurrencyError) in _ = try Currency(code: text) }
        #expect(error == .malformed(String(repeating: "x", count: CurrencyError.excerptLimit)))
    }

    @Test func anUnknownCodeIsNotDecoded() {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Currency.self, from: Data(#""XYZ""#.utf8)) }
    }
}
