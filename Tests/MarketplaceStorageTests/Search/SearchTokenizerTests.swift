import MarketplaceCore
import MarketplaceStorage
import Testing

struct SearchTokenizerTests {
    private func words(_ text: String) -> [String] {
        var words: [String] = []
        SearchTokenizer.eachWord(of: text) { words.append($0.text) }
        return words
    }

    private func words(ofQuery text: String) -> [String] {
        var words: [String] = []
        SearchTokenizer.eachWord(ofQuery: text) { words.append($0.text) }
        return words
    }

    @Test func wordsAreRunsOfLettersAndDigits() {
        #expect(words("Red-Shoe, size 42½ (EU)!") == ["red", "shoe", "size", "42½", "eu"])
        #expect(words("").isEmpty)
        #expect(words("-- !? \u{0}").isEmpty)
        #expect(words("a\u{0}b") == ["a", "b"])
    }

    @Test func lettersAreFolded() {
        #expect(words("ÀÉÎÕÜ ñ Ç ß Æ Ł") == ["aeiou", "n", "c", "ss", "ae", "l"])
        #expect(words("Tiếng Việt") == ["tieng", "viet"])
        #expect(words("Ελλάδα Ёж Й") == ["ελλαδα", "еж", "и"])
        #expect(words("ＡＢＣ１２３") == ["abc123"])
    }

    @Test func aDecomposedTextHasTheWordsOfTheComposedOne() {
        #expect(words("e\u{301}te\u{301}") == words("été"))
        #expect(words("\u{1112}\u{1161}\u{11AB}") == words("한"))
        #expect(words("\u{30CF}\u{309A}") == words("パ"))
        #expect(words("\u{3046}\u{3099}\u{30F2}\u{3099}") == words("ゔヺ"))
    }

    @Test func eastAsianRunsAreCutIntoPairs() {
        #expect(words("東京都") == ["東", "京", "都", "東京", "京都"])
        #expect(words(ofQuery: "東京都") == ["東京", "京都"])
        #expect(words(ofQuery: "東") == ["東"])
        #expect(words(ofQuery: "iPhone케이스15") == ["iphone", "케이", "이스", "15"])
    }

    @Test func wordsAreCutBetweenLetters() {
        let long = String(repeating: "x", count: 63) + "é"
        #expect(words(long).first?.utf8.count == 64)
        let wide = String(repeating: "я", count: 100)
        #expect(words(wide) == [String(repeating: "я", count: 32)])
        #expect(words("x" + wide) == ["x" + String(repeating: "я", count: 31)])
    }
}
