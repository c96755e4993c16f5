import Marketplace
import Testing

struct GeneratedTableTests {
    /// The text of each generated table, by the name in the comment before it.
    private static func texts() throws -> [String: String] {
        let table = try EventTable(PublishedEvent.all)
        return ["PublishedEvent.all": table.events, "values of events": table.values]
    }

    @Test func everyGeneratedTableIsUpToDate() throws {
        let texts = try Self.texts()
        for path in try PackageFiles.documents() {
            for name in try PackageFiles.markdown(path).tables().map(\.name) {
                try PackageFiles.expect(
                    #require(texts[name], "\(path): nothing makes \(name)"),
                    inTable: name,
                    of: path
                )
            }
        }
    }

    @Test func everyTableIsShown() throws {
        let shown = try PackageFiles.documents().flatMap { try PackageFiles.markdown($0).tables().map(\.name) }
        #expect(shown.sorted() == (try Self.texts()).keys.sorted())
    }

    @Test func everyEventIsNamedWithItsFields() throws {
        let table = try EventTable(PublishedEvent.all).events
        #expect(table.split(separator: "\n").count == PublishedEvent.all.count + 2)
        #expect(table.contains("| OrderCanceled | order | 1 | orderID: uuid, "))
        #expect(!table.contains("\\"), "nothing in a table has to be escaped")
    }

    @Test func aTableThatDoesNotEndIsReported() throws {
        let file = try MarkdownFile("a\n<!-- generated table: x -->\n| b |\n<!-- end of generated table -->\nc\n")
        #expect(try file.tables() == [MarkdownFile.Table(name: "x", lines: 2..<3, text: "| b |\n")])
        var changed = file
        try changed.replace(try file.tables()[0], with: "| d |\n| e |\n")
        #expect(changed.text == "a\n<!-- generated table: x -->\n| d |\n| e |\n<!-- end of generated table -->\nc\n")
        #expect(throws: MarkdownFile.StrayTable(line: 1)) { try MarkdownFile("<!-- generated table: x -->\n").tables() }
        #expect(throws: MarkdownFile.StrayTable(line: 1)) {
            try MarkdownFile("<!-- end of generated table -->\n").tables()
        }
    }
}
