import MarketplaceCore
import Testing

@testable import MarketplaceDomain

struct GiftCardCodeTests {
    @Test func aCodeIsReadHoweverItIsEntered() throws {
        let code = GiftCardCode(bytes: (0..<15).map { UInt8($0 * 17) })
        #expect(code.text.utf8.count == 24)
        #expect(try GiftCardCode(code.printed) == code)
        #expect(try GiftCardCode(code.printed.lowercased()) == code)
        #expect(try GiftCardCode("o0-iL1").text == "00111")
        #expect(code.printed.split(separator: "-").map(\.count) == [5, 5, 5, 5, 4])
        for text in ["", "---", "U", "ä", String(repeating: "A", count: 65)] {
            #expect(throws: GiftCardRefusal.malformed) { try GiftCardCode(text) }
        }
    }

    @Test func aCodeDoesNotShowItself() throws {
        let code = try GiftCardCode("ABCDE")
        #expect("\(code)" == "••••" && "\(String(reflecting: code))" == "••••")
        var dumped = ""
        dump(code, to: &dumped)
        #expect(!dumped.contains("ABCDE"))
    }
}
