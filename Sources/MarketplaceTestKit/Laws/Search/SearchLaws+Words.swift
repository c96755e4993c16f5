import MarketplaceCore
import MarketplaceStorage

extension SearchLaws {
    /// Every word must be in the title or the body.
    public static let allWordsMustMatch = SearchLaw(
        "words.all",
        "A document is found when each word of the query is a word of its title or of its body, in any order."
    ) { probe in
        try await probe.put(
            SearchDocument("a", revision: .init(1), title: "red running shoe", body: "light mesh"),
            SearchDocument("b", revision: .init(1), title: "red boot", body: "running late"),
            SearchDocument("c", revision: .init(1), title: "blue shoe")
        )
        try await probe.demand(["a", "b"], of: SearchQuery("running red"), "both words, wherever they are")
        try await probe.demand(["a"], of: SearchQuery("shoe red"), "both words")
        try await probe.demand(["a"], of: SearchQuery("red mesh red"), "a word of each")
        try await probe.demand([], of: SearchQuery("red green"), "one word is nowhere")
        try await probe.demand([], of: SearchQuery("run"), "a part of a word is not a word")
        try await probe.demand(["a", "b", "c"], of: SearchQuery(), "no word is no condition")
    }

    /// The last word may be the beginning of one, if the query says so.
    public static let lastWordMayBeAPrefix = SearchLaw(
        "words.prefix",
        "The last word alone may be the beginning of a word, and counts once however many words begin so."
    ) { probe in
        try await probe.put(
            SearchDocument("a", revision: .init(1), title: "shoe shop shoulder", body: "shore"),
            SearchDocument("b", revision: .init(1), title: "red shoelace"),
            SearchDocument("c", revision: .init(1), title: "shirt", body: "red shoes")
        )
        let hits = try await probe.find(SearchQuery("sho", lastWordIsPrefix: true)).hits
        let expected = [("a", 65), ("b", 64), ("c", 1)].map { SearchHit($0.0, score: SearchScore($0.1)) }
        try LawBreach.unlessEqual(hits, expected, "the hits of a beginning")
        try await probe.demand(
            ["b", "c"],
            of: SearchQuery("red sho", lastWordIsPrefix: true),
            "a word and a beginning"
        )
        try await probe.demand([], of: SearchQuery("sho red", lastWordIsPrefix: true), "the first word is whole")
        try await probe.demand([], of: SearchQuery("sho"), "no beginning unless it is asked for")
        try await probe.demand(["a"], of: SearchQuery("shoe shoe", lastWordIsPrefix: true), "a word and its beginning")
    }

    /// Case, diacritics and the way letters are composed do not matter.
    public static let writingDoesNotMatter = SearchLaw(
        "words.folding",
        "Case, diacritics and the way letters are composed do not matter, in documents and queries alike."
    ) { probe in
        let groups: [(SearchKey, [String])] = [
            ("cafe", ["Café", "CAFE", "cafe\u{301}", "café", "\u{FF23}\u{FF21}\u{FF26}\u{FF25}"]),
            ("strasse", ["Straße", "STRASSE", "strasse"]),
            ("aether", ["Æther", "aether"]),
            ("viet", ["Tiếng", "tie\u{302}\u{301}ng", "TIENG"]),
            ("istanbul", ["İstanbul", "istanbul", "I\u{307}stanbul"]),
            ("odos", ["Οδός", "ΟΔΟΣ", "οδος"]),
            ("yolka", ["Ёлка", "елка", "е\u{308}лка"]),
            ("soft", ["co\u{AD}operate", "cooperate"]),
            ("hangul", ["한국", "\u{1112}\u{1161}\u{11AB}\u{1100}\u{116E}\u{11A8}"]),
            ("kana", ["ガラス", "\u{30AB}\u{3099}ラス"]),
        ]
        for (key, forms) in groups {
            for (number, form) in forms.enumerated() {
                try await probe.put(SearchDocument(key, revision: .init(Int64(number)), title: form))
                for query in forms {
                    try await probe.demand([key.text], of: SearchQuery(query), "a document with \(form)")
                }
            }
        }
    }

    /// Text without spaces is found by any part of it.
    public static let everyScriptIsFound = SearchLaw(
        "words.scripts",
        "Chinese, Japanese and Korean are found by any part of a run of characters, other scripts by their words."
    ) { probe in
        try await probe.put(
            SearchDocument("ko", revision: .init(1), title: "대한민국 공책 3권"),
            SearchDocument("ja", revision: .init(1), title: "東京タワーのガラス"),
            SearchDocument("zh", revision: .init(1), title: "红色运动鞋XL号"),
            SearchDocument("ar", revision: .init(1), title: "حذاء أحمر"),
            SearchDocument("hi", revision: .init(1), title: "लाल जूते")
        )
        let expected = [
            ("한민", "ko"), ("민국", "ko"), ("책", "ko"), ("3권", "ko"), ("대한민국", "ko"), ("タワー", "ja"), ("京タ", "ja"),
            ("の", "ja"), ("运动", "zh"), ("动鞋xl", "zh"), ("号", "zh"), ("أحمر", "ar"), ("जूते", "hi"),
        ]
        for (query, key) in expected { try await probe.demand([key], of: SearchQuery(query), "a part of the text") }
        for query in ["한국", "京都", "جوتا"] { try await probe.demand([], of: SearchQuery(query), "it is in none") }
        try await probe.demand(["ko"], of: SearchQuery("공", lastWordIsPrefix: true), "a beginning")
    }

    /// What is typed is words, and never a query language.
    public static let wordsAreOnlyWords = SearchLaw(
        "words.hostile",
        "No character of a query has a meaning but to separate words: no operator, quote, wildcard or escape."
    ) { probe in
        try await probe.put(
            SearchDocument("a", revision: .init(1), title: "shoe or near not and title body x1 select"),
            SearchDocument("b", revision: .init(1), title: "hat", body: "o'neil \\ 100% \u{0} \"quoted\" -- drop")
        )
        // What separates, and what would mean something to FTS5, to tsquery, to LIKE or to SQL.
        let surroundings = [
            ("\"", "\""), ("\"", ""), ("'", "'"), ("'", ""), ("", "'; --"), ("(", ""), ("", ")"), ("^", ""), ("+", ""),
            ("", "\\"), ("\\", ""), ("", "\u{0}"), ("\u{0}", ""), ("{", "}"), ("[", "]"), ("", "%"), ("!", ""),
            ("&", "|"), ("~", ""), ("\t\n", " "), ("«", "»"), ("", "\u{FEFF}"), ("<->", ""), ("$", ""), ("", "?"),
            (":", ""), ("", "*"), ("", ":*"), ("-", ""), ("@@", ""), ("/*", "*/"), ("", "::"),
        ]
        for (left, right) in surroundings {
            for isPrefix in [false, true] {
                let query = SearchQuery("\(left)shoe\(right)", lastWordIsPrefix: isPrefix)
                try await probe.demand(["a"], of: query, "only the word counts")
            }
        }
        // Words of query languages are words like others.
        for query in ["shoe NOT hat", "hat OR shoe", "shoe AND hat", "NEAR(hat shoe)", "title:hat", "hat & !shoe"] {
            try await probe.demand([], of: SearchQuery(query), "all words must match")
        }
        try await probe.demand(["a"], of: SearchQuery("shoe NOT"), "not is a word")
        try await probe.demand(["a"], of: SearchQuery("title: shoe OR"), "title is a word")
        for query in ["sho*", "s_oe", "sh%", "shoe*hat", "sho:*", "x1*2"] {
            try await probe.demand([], of: SearchQuery(query), "nothing is a wildcard")
        }
        for query in ["", " ", "\"", "''", "*", "()", "\u{0}", "\\", "%", "-- ;", "\u{200D}"] {
            try await probe.demand(["a", "b"], of: SearchQuery(query), "no word is no condition")
            try await probe.demand(
                ["a", "b"],
                of: SearchQuery(query, lastWordIsPrefix: true),
                "no word is no condition"
            )
        }
        for query in ["o'neil", "100%", "\"quoted\"", "-- drop", "neil \u{0} quoted"] {
            try await probe.demand(["b"], of: SearchQuery(query), "documents may hold anything")
        }
    }

    /// Words of any length and texts of the greatest length are found.
    public static let longTextsAreFound = SearchLaw(
        "words.long",
        "Texts of the greatest length are put; a word is found by its first \(SearchLimits.wordBytes) bytes."
    ) { probe in
        let word = String(repeating: "longword", count: 20)
        // Four bytes for each letter: "𐐨" is a letter of the Deseret alphabet.
        let wide = String(repeating: "𐐨", count: 40)
        let numbers = (0..<9_000).map { String($0, radix: 36) }.joined(separator: " ")
        var body = "first \(numbers)"
        while body.utf8.count > SearchLimits.bodyBytes { body.removeLast() }
        try await probe.put(
            SearchDocument("a", revision: .init(1), title: "\(word) \(wide)x"),
            SearchDocument("b", revision: .init(1), title: "title", body: body)
        )
        let cut = String(word.prefix(SearchLimits.wordBytes))
        for query in [word, cut, cut + "other", wide, wide + "y"] {
            try await probe.demand(["a"], of: SearchQuery(query), "a long word")
        }
        try await probe.demand([], of: SearchQuery(String(cut.dropLast())), "a shorter word")
        try await probe.demand(["b"], of: SearchQuery("title first 3k"), "a long text")
        let last = String(SearchLimits.wordsPerDocument - 3, radix: 36)
        let next = String(SearchLimits.wordsPerDocument - 2, radix: 36)
        try await probe.demand(["b"], of: SearchQuery(last), "the last word that counts")
        try await probe.demand([], of: SearchQuery(next), "the first word that does not count")
    }
}
