extension MarkdownFile {
    /// A part that is made from the code: what stands between `<!-- generated table: NAME -->` and
    /// `<!-- end of generated table -->`.
    struct Table: Equatable {
        /// What it is made from.
        let name: String
        /// The places of its lines, without the comments around them.
        let lines: Range<Int>
        /// Its text, each line with its line feed.
        let text: String
    }

    /// A table that does not end, or an end without a beginning, by the number of the line.
    struct StrayTable: Error, Equatable {
        let line: Int
    }

    /// The tables that are made from the code, in order.
    func tables() throws(StrayTable) -> [Table] {
        let (opening, closing) = ("<!-- generated table: ", "<!-- end of generated table -->")
        var tables: [Table] = []
        var open: (name: String, line: Int)?
        for (index, line) in lines.enumerated() {
            if line.hasPrefix(opening), line.hasSuffix(" -->") {
                guard open == nil else { throw StrayTable(line: index + 1) }
                open = (String(line.dropFirst(opening.count).dropLast(" -->".count)), index)
            } else if line == closing {
                guard let begun = open else { throw StrayTable(line: index + 1) }
                let inside = begun.line + 1..<index
                let text = lines[inside].map { $0 + "\n" }.joined()
                tables.append(Table(name: begun.name, lines: inside, text: text))
                open = nil
            }
        }
        if let open { throw StrayTable(line: open.line + 1) }
        return tables
    }

    /// Puts another text into a table.
    mutating func replace(_ table: Table, with text: String) throws(UnclosedFence) {
        let before = lines[..<table.lines.lowerBound].map { $0 + "\n" }.joined()
        let after = lines[table.lines.upperBound...].map { $0 + "\n" }.joined()
        self = try MarkdownFile(before + text + after)
    }
}
