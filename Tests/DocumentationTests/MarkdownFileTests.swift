import Testing

/// The readers behind the other tests see what is there: without them a guide could fall behind unnoticed.
struct MarkdownFileTests {
    @Test func blocksAreFoundWithTheirLanguageNoteAndOrigin() throws {
        let file = try MarkdownFile(
            """
            # Title
            ```swift
            let a = 1
            ```
            <!-- generated: Order.lifecycle -->
            ```mermaid
            ```
            ```swift not-compiled
            import Logging
            ```

            """
        )
        #expect(file.blocks.map(\.language) == ["swift", "mermaid", "swift"])
        #expect(file.blocks.map(\.heading) == ["Title", "Title", "Title"])
        #expect(file.blocks.map(\.note) == ["", "", "not-compiled"])
        #expect(file.blocks.map(\.generatedFrom) == [nil, "Order.lifecycle", nil])
        #expect(file.blocks.map(\.text) == ["let a = 1\n", "", "import Logging\n"])
        #expect(file.compiledBlocks == [file.blocks[0]])
        #expect(file.prose.contains("Title") && !file.prose.contains("let a"))
    }

    @Test func aBlockIsReplacedAndNothingElse() throws {
        let text = "a\n```text\nold\n```\nb\n```text\nkept\n```\n"
        var file = try MarkdownFile(text)
        try file.replaceBlock(at: 0, with: "new\n\nlines\n")
        #expect(file.text == "a\n```text\nnew\n\nlines\n```\nb\n```text\nkept\n```\n")
    }

    @Test func aFenceThatIsNotClosedIsAnError() {
        #expect(throws: MarkdownFile.UnclosedFence(line: 2)) { try MarkdownFile("a\n```swift\nlet a = 1\n") }
    }

    @Test func partsOfASourceLoseTheirCommonIndentation() throws {
        let source = try GuideSource(
            "    // guide: A heading\n    if a {\n\n        b()\n    }\n    // end of guide\nc\n"
        )
        #expect(source.parts == [GuideSource.Part(heading: "A heading", text: "if a {\n\n    b()\n}\n")])
    }

    @Test(arguments: ["// guide: A\na\n", "a\n// end of guide\n", "// guide: A\n// guide: B\n// end of guide\n"])
    func markersThatDoNotPairUpAreAnError(text: String) {
        #expect(throws: GuideSource.StrayMarker.self) { try GuideSource(text) }
    }

    @Test func aDependencyThatFollowsFromOthersIsNotDrawn() {
        let modules = Manifest.modules(
            in:
                "let modules: [Target] = [\n    module(\"A\"),\n    module(\"B\", [\"A\"]),\n    module(\"C\", [\"A\", \"B\"]),\n]\n"
        )
        #expect(modules.map(\.name) == ["A", "B", "C"])
        #expect(Manifest.mermaid(of: modules) == "graph TD\n    A\n    B --> A\n    C --> B\n")
    }

    @Test func linksAndTypeNamesAreFoundInProse() {
        #expect(GuideTests.links(in: "see [a](b.md#c) and [d](https://e.f)") == ["b.md#c", "https://e.f"])
        #expect(GuideTests.typeNames(in: "a `Store`, `commit(_:)` and `Order.total`") == ["Store", "Order"])
    }
}
