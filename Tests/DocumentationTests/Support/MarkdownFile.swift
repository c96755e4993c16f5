/// A Markdown text with its fenced blocks.
struct MarkdownFile {
    /// One fenced block.
    struct Block: Equatable {
        /// The first word behind the opening fence, such as `swift`; empty when there is none.
        let language: String
        /// What follows the language, such as `not-compiled`; empty when there is nothing.
        let note: String
        /// The last heading before it; empty before the first.
        let heading: String
        /// The name of a comment `<!-- generated: NAME -->` in the line before the fence.
        let generatedFrom: String?
        /// The places of the lines between the fences.
        let lines: Range<Int>
        /// The text between the fences, each line with its line feed.
        let text: String
    }

    /// A fence that is opened and never closed, by the number of its line.
    struct UnclosedFence: Error, Equatable {
        let line: Int
    }

    private(set) var lines: [String]
    private(set) var blocks: [Block]

    /// The blocks that are compiled.
    var compiledBlocks: [Block] { blocks.filter { $0.language == "swift" && $0.note.isEmpty } }

    /// The text without what stands in fenced blocks.
    var prose: String {
        lines.indices.filter { index in !blocks.contains { $0.lines.contains(index) } }.map { lines[$0] + "\n" }
            .joined()
    }

    /// The whole text.
    var text: String { lines.map { $0 + "\n" }.joined() }

    init(_ text: String) throws(UnclosedFence) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" { lines.removeLast() }
        blocks = []
        var opening: Int?
        var heading = ""
        for (index, line) in lines.enumerated() {
            if opening == nil, line.hasPrefix("#") { heading = String(line.drop { $0 == "#" || $0 == " " }) }
            guard line.hasPrefix("```") else { continue }
            guard let first = opening else {
                opening = index
                continue
            }
            blocks.append(Self.block(in: lines, from: first, to: index, under: heading))
            opening = nil
        }
        if let opening { throw UnclosedFence(line: opening + 1) }
    }

    /// Puts another text between the fences of the block at that place.
    mutating func replaceBlock(at place: Int, with text: String) throws(UnclosedFence) {
        var lines = lines
        lines.replaceSubrange(
            blocks[place].lines,
            with: text.split(separator: "\n", omittingEmptySubsequences: false)
                .map(String.init).dropLast()
        )
        self = try MarkdownFile(lines.map { $0 + "\n" }.joined())
    }

    private static func block(in lines: [String], from first: Int, to last: Int, under heading: String) -> Block {
        let words = lines[first].dropFirst(3).split(separator: " ", maxSplits: 1).map(String.init)
        let inside = first + 1..<last
        return Block(
            language: words.first ?? "",
            note: words.count > 1 ? words[1] : "",
            heading: heading,
            generatedFrom: first > 0 ? generatedName(in: lines[first - 1]) : nil,
            lines: inside,
            text: lines[inside].map { $0 + "\n" }.joined()
        )
    }

    private static func generatedName(in line: String) -> String? {
        let (prefix, suffix) = ("<!-- generated: ", " -->")
        guard line.hasPrefix(prefix), line.hasSuffix(suffix) else { return nil }
        return String(line.dropFirst(prefix.count).dropLast(suffix.count))
    }
}
