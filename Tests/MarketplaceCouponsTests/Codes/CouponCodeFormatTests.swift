import MarketplaceCore
import MarketplaceJSON
import MarketplacePromotions
import TestSupport
import Testing

@testable import MarketplaceCoupons

/// The check character, by trying everything.
struct CouponCodeFormatTests {
    private static let symbols = Array(CouponCodeFormat.alphabet.unicodeScalars)

    private static func text(_ values: [Int]) -> CouponCode {
        var scalars = String.UnicodeScalarView()
        for value in values { scalars.append(symbols[value]) }
        return CouponCode(stringLiteral: String(scalars))
    }

    private static func values(_ code: CouponCode) -> [Int] {
        code.text.unicodeScalars.compactMap { symbols.firstIndex(of: $0) }
    }

    @Test func theAlphabetHasAPrimeNumberOfCharactersNobodyMistakesForEachOther() {
        #expect(Self.symbols.count == 31 && Set(Self.symbols).count == 31)
        for scalar in "01OIL".unicodeScalars { #expect(!Self.symbols.contains(scalar)) }
        for scalar in Self.symbols { #expect(scalar.properties.isUppercase || ("2"..."9").contains(scalar)) }
    }

    @Test func theStandardHasSixtyFourRandomBits() {
        #expect(CouponCodeFormat.standard.length == 14 && CouponCodeFormat.standard.randomBits == 64)
        #expect(CouponCodeFormat(length: 0).length == 9 && CouponCodeFormat(length: .max).length == 33)
        #expect(CouponCodeFormat(length: 9).randomBits == 39)
    }

    /// All codes of two random characters, and with each all that a single mistake makes of it.
    @Test func ofAllShortCodesEverySingleMistakeIsFound() {
        let format = CouponCodeFormat(unchecked: 3)
        for first in 0..<31 {
            for second in 0..<31 {
                let code = CouponCodeFormat.code(of: [first, second])
                Self.expectMistakesFound(in: Self.values(code), format)
            }
        }
    }

    /// Tries everything at every place.
    ///
    /// The check is linear: whether a mistake is found depends on its distance from the end and on the characters in
    /// its place alone. So one code with each pair of neighbours at each place of the longest length stands for all.
    @Test func atEveryPlaceEverySingleMistakeIsFound() {
        for length in CouponCodeFormat.lengths {
            let code = CouponCodeFormat.code(of: (0..<(length - 1)).map { ($0 * $0 + length) % 31 })
            Self.expectMistakesFound(in: Self.values(code), CouponCodeFormat(length: length))
        }
        let longest = CouponCodeFormat(length: .max)
        for place in 0..<(longest.length - 2) {
            for first in 0..<31 {
                for second in 0..<31 where second != first {
                    var payload = Array(repeating: 7, count: longest.length - 1)
                    payload[place] = first
                    let code = Self.values(CouponCodeFormat.code(of: payload))
                    var wrong = code
                    wrong[place] = second
                    payload[place + 1] = second
                    var swapped = Self.values(CouponCodeFormat.code(of: payload))
                    swapped.swapAt(place, place + 1)
                    for mistaken in [wrong, swapped] where longest.isValid(Self.text(mistaken)) {
                        Issue.record("\(mistaken) passes")
                    }
                }
            }
        }
    }

    private static func expectMistakesFound(in values: [Int], _ format: CouponCodeFormat) {
        #expect(format.isValid(text(values)))
        for place in values.indices {
            for wrong in 0..<31 where wrong != values[place] {
                var mistaken = values
                mistaken[place] = wrong
                if format.isValid(text(mistaken)) { Issue.record("\(mistaken) passes for \(values)") }
            }
        }
        for place in values.indices.dropLast() where values[place] != values[place + 1] {
            var swapped = values
            swapped.swapAt(place, place + 1)
            if format.isValid(text(swapped)) { Issue.record("\(swapped) passes for \(values)") }
        }
    }

    @Test func whatABuyerTypesIsReadWhateverItsCaseAndItsGaps() throws {
        let code = CouponCodeFormat.code(of: Array(1...13))
        let grouped = CouponCodeFormat.grouped(code)
        #expect(grouped == "3456-789A-BCDE-F\(code.text.suffix(1))")
        let format = CouponCodeFormat.standard
        #expect(try format.code(typed: grouped) == code)
        #expect(try format.code(typed: "  \(grouped.lowercased()) \n") == code)
        #expect(try format.code(typed: "welcome-10") == "WELCOME10")
        #expect(CouponCodeFormat.grouped("ABCDE", by: 0) == "A-B-C-D-E")
    }

    @Test func whatCannotBeACodeIsRefusedAndNeverTraps() throws {
        let format = CouponCodeFormat.standard
        let long = String(repeating: "x", count: 65)
        for text in ["", " - ", long, String(repeating: "x", count: 1_000), "a\0b"] {
            #expect(throws: CouponRefusal.self) { try format.code(typed: text) }
        }
        for text in ["O2345678901234", "ÄÖÜÄÖÜÄ", "💥💥💥xx", "3456789ABCDEF0"] where text.utf8.count == 14 {
            #expect(throws: CouponRefusal.mistypedCode(try CouponCode(typed: text))) { try format.code(typed: text) }
        }
        for length in ["0", "-1", "34", "99999999999999999999"] {
            #expect(throws: (any Error).self) {
                try JSONPayloadCodec().decode(CouponCodeFormat.self, from: Array(length.utf8))
            }
        }
    }

    @Test func whateverIsTypedIsAnswered() {
        PropertyRun.check(500) { run in
            let scalars = (0..<run.natural(through: 70)).compactMap { _ in
                Unicode.Scalar(UInt32(run.natural(through: 0x2FF)))
            }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            do throws(CouponRefusal) {
                let code = try CouponCodeFormat.standard.code(typed: String(text))
                #expect(code.text.utf8.count != 14 || CouponCodeFormat.standard.isValid(code), run.replay)
            } catch {
                #expect(error.effect == .refused, run.replay)
            }
        }
    }
}
