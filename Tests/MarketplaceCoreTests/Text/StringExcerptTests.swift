import MarketplaceCore
import Testing

struct StringExcerptTests {
    @Test func aTextIsQuotedInOneLine() {
        let excerpts = [
            "": #""""#, "a b": #""a b""#, "a\"b\\": #""a\"b\\""#, "a\r\nb\u{0}": #""a\u{D}\u{A}b\u{0}""#,
            "\u{E9}\u{1F600}": "\"\u{E9}\u{1F600}\"", "\u{202E}\u{2028}\u{85}": #""\u{202E}\u{2028}\u{85}""#,
        ]
        for (text, excerpt) in excerpts { #expect(text.excerpt == excerpt) }
    }

    @Test func aLongTextIsCut() {
        let longest = String(repeating: "a", count: String.excerptLimit)
        #expect(longest.excerpt == "\"\(longest)\"")
        #expect((longest + "b").excerpt == "\"\(longest)…\"")
        // One character of a million scalars.
        let pile = "e" + String(repeating: "\u{301}", count: 1_000_000)
        #expect(pile.excerpt.unicodeScalars.count == String.excerptLimit + 3)
    }

    @Test func plainNamesNeedNoQuotes() {
        for name in ["percent", "a1", "_a", "ISO_8601"] {
            #expect(name.isPlainName)
            #expect(name.nameForMessage == name)
        }
        for name in ["", "1a", "a-b", "a b", "\u{E9}", "a\n", String(repeating: "a", count: String.excerptLimit + 1)] {
            #expect(!name.isPlainName)
            #expect(name.nameForMessage == name.excerpt)
        }
    }
}
