import MarketplaceCore
import MarketplaceJSON
import TestSupport
import Testing

/// What is wrong with a text whatever its type.
struct JSONDocumentSyntaxTests {
    @Test(arguments: [
        // Ends too early.
        ("", "$ (line 1, column 1): expected a value, found the end of the document"),
        (" \n ", "$ (line 2, column 2): expected a value, found the end of the document"),
        ("{", "$ (line 1, column 2): expected a key in double quotes or }, found the end of the document"),
        (#"{"a""#, "$ (line 1, column 5): expected a colon, found the end of the document"),
        (#"{"a":"#, "$.a (line 1, column 6): expected a value behind the colon, found the end of the document"),
        (#"{"a":1"#, "$.a (line 1, column 7): expected a comma or }, found the end of the document"),
        (
            #"{"a":1,"#,
            "$.a (line 1, column 8): expected a key in double quotes behind the comma, found the end of the document"
        ),
        ("[", "$[0] (line 1, column 2): expected a value or ], found the end of the document"),
        ("[1", "$[0] (line 1, column 3): expected a comma or ], found the end of the document"),
        ("[1,", "$[1] (line 1, column 4): expected a value behind the comma, found the end of the document"),
        (#"["a"#, "$[0] (line 1, column 4): expected the closing quote of a string, found the end of the document"),
        // Almost right.
        (
            "{\n  \"a\": 1,\n}",
            "$.a (line 3, column 1): expected a key in double quotes behind the comma, found }"
        ),
        ("[1,]", "$[1] (line 1, column 4): expected a value behind the comma, found ]"),
        ("[1,,2]", "$[1] (line 1, column 4): expected a value behind the comma, found ,"),
        ("[,1]", "$[0] (line 1, column 2): expected a value or ], found ,"),
        ("[1 2]", "$[0] (line 1, column 4): expected a comma or ], found 2"),
        ("[1}", "$[0] (line 1, column 3): expected a comma or ], found }"),
        ("]", "$ (line 1, column 1): expected a value, found ]"),
        (#"{"a":1 "b":2}"#, "$.a (line 1, column 8): expected a comma or }, found a double quote"),
        (#"{"a" 1}"#, "$ (line 1, column 6): expected a colon, found 1"),
        ("{a:1}", "$ (line 1, column 2): expected a key in double quotes or }, found a"),
        ("{'a':1}", "$ (line 1, column 2): expected a key in double quotes or }, found '"),
        ("// rules\n{}", "$ (line 1, column 1): expected a value, found /"),
        ("{}\n{}", "$ (line 2, column 1): expected the end of the document, found {"),
        ("{}x", "$ (line 1, column 3): expected the end of the document, found x"),
        ("\u{A0}{}", #"$ (line 1, column 1): expected a value, found "\#u{A0}""#),
        ("{}\u{0}", #"$ (line 1, column 3): expected the end of the document, found "\u{0}""#),
        ("{}\u{FEFF}", #"$ (line 1, column 3): expected the end of the document, found "\u{FEFF}""#),
        // Words and numbers.
        ("tru", "$ (line 1, column 1): expected a value, found tru"),
        ("True", "$ (line 1, column 1): expected a value, found True"),
        ("[NaN]", "$[0] (line 1, column 2): expected a value or ], found NaN"),
        ("[01]", "$[0] (line 1, column 2): expected a value or ], found 01"),
        ("[+1]", "$[0] (line 1, column 2): expected a value or ], found +1"),
        ("[1.]", "$[0] (line 1, column 2): expected a value or ], found 1."),
        ("[.5]", "$[0] (line 1, column 2): expected a value or ], found .5"),
        ("[-]", "$[0] (line 1, column 2): expected a value or ], found -"),
        ("[1e]", "$[0] (line 1, column 2): expected a value or ], found 1e"),
        ("[1e+]", "$[0] (line 1, column 2): expected a value or ], found 1e+"),
        ("[1.2.3]", "$[0] (line 1, column 2): expected a value or ], found 1.2.3"),
        ("[0x10]", "$[0] (line 1, column 2): expected a value or ], found 0x10"),
        ("[1_000]", "$[0] (line 1, column 2): expected a value or ], found 1_000"),
        ("[1,000]", "$[1] (line 1, column 4): expected a value behind the comma, found 000"),
        // Strings.
        (
            "{\"\u{E9}\": \"a\nb\"}",
            "$['\u{E9}'] (line 1, column 9): expected the closing quote of a string, found the end of the line"
        ),
        ("[\"a\tb\"]", "$[0] (line 1, column 4): expected an escape for the control character, found a tabulator"),
        ("[\"a\u{0}b\"]", #"$[0] (line 1, column 4): expected an escape for the control character, found "\u{0}""#),
        (#"["\x"]"#, #"$[0] (line 1, column 4): expected one of " \ / b f n r t u behind a backslash, found x"#),
        (#"["\u12G4"]"#, #"$[0] (line 1, column 7): expected four hexadecimal digits behind \u, found G"#),
        (#"["\ud800"]"#, #"$[0] (line 1, column 3): expected both halves of a surrogate pair, found \ud800 alone"#),
        (#"["\ud800x"]"#, #"$[0] (line 1, column 3): expected both halves of a surrogate pair, found \ud800 alone"#),
        (#"["\ud800\n"]"#, #"$[0] (line 1, column 3): expected both halves of a surrogate pair, found \ud800 alone"#),
        (
            #"["\ud800\u0041"]"#,
            #"$[0] (line 1, column 3): expected both halves of a surrogate pair, found \ud800 alone"#
        ),
        (#"["\uDC00"]"#, #"$[0] (line 1, column 3): expected both halves of a surrogate pair, found \udc00 alone"#),
        (#"["\ud800"#, #"$[0] (line 1, column 3): expected both halves of a surrogate pair, found \ud800 alone"#),
        // What the toolchain's decoder would take without a word.
        (#"{"a":1,"b":2,"a":3}"#, "$.a (line 1, column 14): the object has this key twice"),
        (#"{"a":1,"\u0061":3}"#, "$.a (line 1, column 8): the object has this key twice"),
        ("{\"\u{E9}\":1,\"e\u{301}\":3}", "$['e\u{301}'] (line 1, column 8): the object has this key twice"),
        (#"[{"a":{"b":1}},{"a":{"b":2,"b":3}}]"#, "$[1].a.b (line 1, column 28): the object has this key twice"),
        (
            "[1.00000000000000000001]",
            "$[0] (line 1, column 2): expected a number that is not rounded to a whole one, found 1.00000000000000000001"
        ),
        ("[1e-400]", "$[0] (line 1, column 2): expected a number that is not rounded to a whole one, found 1e-400"),
    ])
    func theFirstFaultIsToldWithItsPlace(text: String, message: String) throws {
        let error = try #require(
            thrownError { () throws(JSONDocumentError) in
                _ = try JSONDocument.decode(Anything.self, from: Array(text.utf8))
            }
        )
        #expect(error.description == message)
        #expect(error.effect == .refused)
    }

    @Test(arguments: [
        "{}", "[]", "null", "true", "1", "-0", #""""#, " \t\r\n[ ] \n", "\u{FEFF}{}", "[1,-1,0,0.5,1E+2,1e-2,1.0,1e2]",
        #"{"":{},"a":[[],{}],"A":1}"#, #"["\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\u0000"]"#,
        "[\"\u{E9}\u{1F600}\u{2028}\"]",
        "[1e400,123456789012345678901234567890,9007199254740993.0]",
    ])
    func whatFollowsTheStandardIsAccepted(text: String) throws {
        _ = try JSONDocument.decode(Anything.self, from: Array(text.utf8))
    }

    @Test(
        arguments: [
            ([0xFF], 1, 1), ([0x22, 0xC3, 0x28, 0x22], 1, 2), ([0x0A, 0x22, 0xED, 0xA0, 0x80, 0x22], 2, 2),
            ([0x5B, 0x22, 0xC3, 0xA9, 0xC0, 0xAF, 0x22, 0x5D], 1, 4), ([0x22, 0xC3], 1, 2),
            // UTF-16 and UTF-32 with a mark.
            ([0xFF, 0xFE, 0x31, 0x00], 1, 1), ([0xFE, 0xFF, 0x00, 0x31], 1, 1),
            ([0xFF, 0xFE, 0, 0, 0x31, 0, 0, 0], 1, 1),
        ] as [([UInt8], Int, Int)]
    )
    func bytesThatAreNotUTF8AreFound(bytes: [UInt8], line: Int, column: Int) {
        let error = thrownError { () throws(JSONDocumentError) in
            _ = try JSONDocument.decode(Anything.self, from: bytes)
        }
        #expect(error == JSONDocumentError(.notUTF8, position: JSONDocument.Position(line: line, column: column)))
    }

    @Test(
        arguments: [[0x5B, 0, 0x31, 0, 0x5D, 0], [0, 0x31], [0x31, 0], [0x5B, 0, 0, 0, 0x5D, 0, 0, 0]] as [[UInt8]]
    )
    func noOtherEncodingIsGuessed(bytes: [UInt8]) {
        #expect(throws: JSONDocumentError.self) { try JSONDocument.decode(Anything.self, from: bytes) }
    }
}

/// A type that looks at nothing.
private struct Anything: Decodable {
    init(from decoder: any Decoder) throws {}
}
