public import MarketplaceCore

/// Makes words of texts: the one tokenizer of all search indexes; for adapters.
///
/// A word is a run of letters, marks and digits; everything else separates. Letters are brought into lower case, and
/// those of Latin, Greek and Cyrillic lose their diacritics, so that "Café" is found by "cafe" and however it is
/// composed. Half of the world's shoppers put no spaces between words: a run of Han, Kana or Hangul is cut into all its
/// pairs of neighbours (bigrams), as well as the single characters, which a query of one character needs.
public enum SearchTokenizer {
    /// The words of a document's text, in order; a word may come more than once.
    public static func eachWord(of text: String, _ body: (SearchWord) -> Void) {
        scan(text, withSingles: true, body)
    }

    /// The words of what is searched for, in order; a word may come more than once.
    public static func eachWord(ofQuery text: String, _ body: (SearchWord) -> Void) {
        scan(text, withSingles: false, body)
    }

    private static func scan(_ text: String, withSingles: Bool, _ body: (SearchWord) -> Void) {
        var run = SearchRun()
        for scalar in text.unicodeScalars where !run.append(scalar) {
            run.flush(withSingles: withSingles, body)
        }
        run.flush(withSingles: withSingles, body)
    }
}
