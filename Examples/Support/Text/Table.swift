/// Rows of text under column headings, printed on a terminal or set in a report.
public struct Table: Sendable {
    /// A column's heading and the side its texts stand on.
    public struct Column: Hashable, Sendable {
        /// The heading.
        public let title: String
        /// The side the texts stand on.
        public let alignment: Alignment

        /// A column of words.
        public static func text(_ title: String) -> Column { Column(title: title, alignment: .left) }
        /// A column of numbers.
        public static func number(_ title: String) -> Column { Column(title: title, alignment: .right) }
    }

    /// What the table is about; its section heading on a terminal and its caption in a report.
    public let title: String
    /// The columns, from the left.
    public let columns: [Column]
    /// The rows, from the top; each with one text per column.
    public private(set) var rows: [[String]] = []

    /// An empty table.
    public init(_ title: String, _ columns: [Column]) {
        self.title = title
        self.columns = columns
    }

    /// Adds a row; missing texts are empty, and more texts than columns are a mistake of the caller.
    public mutating func add(_ texts: String...) {
        add(texts)
    }

    /// Adds a row; missing texts are empty, and more texts than columns are a mistake of the caller.
    public mutating func add(_ texts: [String]) {
        precondition(texts.count <= columns.count, "a row of \"\(title)\" has more texts than there are columns")
        rows.append(texts + Array(repeating: "", count: columns.count - texts.count))
    }

    /// The table as lines of text, heading first, no line longer than `width`.
    ///
    /// A table that is too wide is narrowed at its widest column of words, whose texts are cut with `...`. Numbers are
    /// never cut, so a table of nothing but numbers may stay wider.
    public func lines(width: Int) -> [String] {
        let widths = columnWidths(within: width)
        var lines = SectionHeading.lines(title)
        if columns.contains(where: { !$0.title.isEmpty }) {
            lines.append(line(columns.map(\.title), widths))
            lines.append(widths.map { String(repeating: "-", count: $0) }.joined(separator: Self.gap))
        }
        lines += rows.map { line($0, widths) }
        return lines
    }

    private static let gap = "  "
    /// Below this a cut text says nothing any more.
    private static let narrowestColumn = 8

    private func columnWidths(within width: Int) -> [Int] {
        var widths = columns.indices.map { index in
            max(columns[index].title.count, rows.map { $0[index].count }.max() ?? 0)
        }
        let words = columns.indices.filter { columns[$0].alignment == .left }
        var excess = widths.reduce(0, +) + Self.gap.count * max(0, columns.count - 1) - width
        while excess > 0, let widest = words.max(by: { widths[$0] < widths[$1] }), widths[widest] > Self.narrowestColumn
        {
            widths[widest] -= 1
            excess -= 1
        }
        return widths
    }

    private func line(_ texts: [String], _ widths: [Int]) -> String {
        var line = ""
        for index in columns.indices {
            if index > 0 { line += Self.gap }
            let text = Self.cut(texts[index], to: widths[index], columns[index].alignment)
            let space = String(repeating: " ", count: max(0, widths[index] - text.count))
            line += columns[index].alignment == .left ? text + space : space + text
        }
        while line.last == " " { line.removeLast() }
        return line
    }

    private static func cut(_ text: String, to width: Int, _ alignment: Alignment) -> String {
        let oneLine = String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 })
        return alignment == .right || oneLine.count <= width ? oneLine : oneLine.prefix(width - 3) + "..."
    }
}
