import Foundation
import MarketplaceCore
import TestSupport
import Testing

private enum Subject {}
private typealias Key = TextKey<Subject>

/// A key of a text, checked; `Key("a")` would be a literal, which is the programmer's own promise.
private func key(_ text: String) throws(TextKeyError) -> Key {
    try Key(validating: text)
}

struct TextKeyTests {
    @Test func aLiteralThatIsToBeValidatedIsRefusedWithoutATrap() {
        #expect(throws: TextKeyError.empty) { try Key(validating: "") }
        #expect(throws: TextKeyError.containsNUL(offset: 1)) { try Key(validating: "a\u{0}") }
    }

    @Test func theShorthandForAVariableChecksAsWell() {
        let text = ""
        #expect(throws: TextKeyError.empty) { try Key(text) }
    }

    private static let composed = "caf\u{E9}"
    private static let decomposed = "cafe\u{301}"

    @Test func aComposedAndADecomposedTextAreTwoKeys() throws {
        #expect(
            Self.composed == Self.decomposed,
            "the texts must be canonically equivalent for this test to say anything"
        )
        let keys: Set<Key> = [try key(Self.composed), try key(Self.decomposed)]
        #expect(keys.count == 2)
        #expect(try key(Self.composed) != key(Self.decomposed))
    }

    @Test func equivalentTextsOfTheSameLengthAreTwoKeys() throws {
        // U+1FEF and U+0060 are canonically equivalent and differ in length, so the two texts swap them: the lengths
        // meet again, and only the bytes tell them apart.
        let one = "\u{1FEF}--------\u{60}", other = "\u{60}--------\u{1FEF}"
        #expect(one == other && one.utf8.count == other.utf8.count)
        #expect(try key(one) != key(other))
    }

    @Test func keysWithTheSameBytesAreEqualAndHashAlike() throws {
        for text in ["a", "1234567", "12345678", "123456789", "0123456789abcdef0", Self.composed, Self.decomposed] {
            // One text is native and short, the other bridged together from pieces.
            let copy = String(text.map { $0 }.reversed().reversed())
            #expect(try key(text) == key(copy))
            #expect(try key(text).hashValue == key(copy).hashValue)
        }
    }

    @Test func everySingleByteCounts() {
        PropertyRun.check(300) { run in
            let length = 1 + run.natural(through: 40)
            let bytes = (0..<length).map { _ in UInt8(1 + run.natural(through: 126)) }
            var changed = bytes
            let place = run.natural(through: length - 1)
            changed[place] = changed[place] == 0x7F ? 1 : changed[place] + 1
            let one = try key(String(decoding: bytes, as: UTF8.self))
            let other = try key(String(decoding: changed, as: UTF8.self))
            #expect(one != other, run.replay)
            #expect((one < other) == bytes.lexicographicallyPrecedes(changed), run.replay)
            #expect((other < one) == changed.lexicographicallyPrecedes(bytes), run.replay)
        }
    }

    @Test func keysAreOrderedByTheirBytes() throws {
        let texts = ["Z", "a", "a\u{1}", "ab", Self.decomposed, Self.composed, "\u{FFFD}", "\u{1F600}"]
        let keys = try texts.map { try key($0) }
        #expect(keys.shuffled().sorted() == keys)
        #expect(!(keys[0] < keys[0]))
    }

    @Test func emptyTextIsNoKey() {
        #expect(thrownError { () throws(TextKeyError) in _ = try key("") } == .empty)
    }

    @Test func theLimitCountsBytesAndNotCharacters() throws {
        #expect(Key.maximumLength == 512)
        #expect(try key(String(repeating: "a", count: 512)).text.utf8.count == 512)
        #expect(
            thrownError { () throws(TextKeyError) in _ = try key(String(repeating: "a", count: 513)) }
                == .tooLong(byteCount: 513, maximum: 512)
        )
        #expect(try key(String(repeating: "\u{E9}", count: 256)).text.utf8.count == 512)
        #expect(
            thrownError { () throws(TextKeyError) in _ = try key(String(repeating: "\u{E9}", count: 257)) }
                == .tooLong(byteCount: 514, maximum: 512)
        )
    }

    @Test func nulIsRefusedWithItsOffsetInBytes() {
        #expect(
            thrownError { () throws(TextKeyError) in _ = try key("\u{E9}\u{0}a") } == .containsNUL(offset: 2)
        )
    }

    @Test func everyErrorSaysThatNothingHappened() {
        for error in [TextKeyError.empty, .tooLong(byteCount: 600, maximum: 512), .containsNUL(offset: 3)] {
            #expect(error.effect == .refused)
            #expect(!error.description.isEmpty)
        }
    }

    @Test func aPartIsAppendedBehindASlash() throws {
        #expect(try key("order").appending("7").text == "order/7")
        let long = try key(String(repeating: "a", count: 510))
        #expect(try long.appending("b").text.utf8.count == 512)
        #expect(
            thrownError { () throws(TextKeyError) in _ = try long.appending("bc") }
                == .tooLong(byteCount: 513, maximum: 512)
        )
    }

    @Test func aKeyOfAnotherSubjectHasTheSameText() throws {
        enum Other {}
        #expect(try key("sku-1").retyped(as: Other.self) == TextKey<Other>("sku-1"))
    }

    @Test func anIdentifierIsAKeyInItsTextForm() {
        let identifier = Identifier<Subject>(bits: 7)
        #expect(Key(identifier).text == identifier.description)
    }

    @Test func keysAreStoredAsTheirTextAndCheckedWhenRead() throws {
        let keys: [Key] = ["a", try key(Self.decomposed)]
        let data = try JSONEncoder().encode(keys)
        #expect(try JSONDecoder().decode([Key].self, from: data) == keys)
        #expect(try JSONDecoder().decode([String].self, from: data) == ["a", Self.decomposed])
        for bad in [#"[""]"#, #"["a\u0000"]"#, "[\"\(String(repeating: "a", count: 513))\"]", "[7]"] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode([Key].self, from: Data(bad.utf8)) }
        }
    }
}
