import ExampleSupport
import Testing

struct TabSeparatedTests {
    @Test(arguments: [
        [""], ["", ""], ["a", "b"], ["tab\tline\nreturn\rzero\0back\\slash"], ["\\t", "\\", "\r\n"], ["é😀", " "],
    ])
    func anyFieldsComeBackAsTheyWere(fields: [String]) {
        let line = TabSeparated.line(of: fields)
        #expect(!line.unicodeScalars.contains { $0 == "\n" || $0 == "\r" || $0 == "\0" })
        #expect(TabSeparated.fields(of: line) == fields)
    }

    @Test(arguments: ["\\", "a\\x", "a\tb\\"])
    func anUnknownEscapeIsRefused(line: String) {
        #expect(TabSeparated.fields(of: line) == nil)
    }
}
