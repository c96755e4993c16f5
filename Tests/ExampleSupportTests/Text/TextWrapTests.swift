import Testing

@testable import ExampleSupport

struct TextWrapTests {
    @Test func wordsFillLinesUpToTheWidth() {
        #expect(TextWrap.lines("one two three", width: 7) == ["one two", "three"])
        #expect(TextWrap.lines("one two three", width: 6) == ["one", "two", "three"])
        #expect(TextWrap.lines("", width: 6).isEmpty)
    }

    @Test func aLongWordHasALineOfItsOwn() {
        #expect(TextWrap.lines("a verylongword b", width: 4) == ["a", "verylongword", "b"])
    }
}
