/// A report as one HTML file that refers to nothing outside itself.
public struct HTMLReport: Sendable {
    /// One figure that a reader looks for first.
    public struct Tile: Hashable, Sendable {
        /// What it is.
        public let label: String
        /// The figure, as it is written.
        public let value: String
        /// What it is to be read against; may be empty.
        public let note: String

        /// A tile.
        public init(_ label: String, _ value: String, note: String = "") {
            self.label = label
            self.value = value
            self.note = note
        }
    }

    /// A part of the report, under a heading of its own; without one where the title is empty.
    public enum Section: Sendable {
        /// A table under its title.
        case table(Table)
        /// A chart's SVG text, which is taken as it is, and the sentence below it.
        case figure(title: String, svg: String, caption: String)
        /// What must hold, and whether it did.
        case checks(title: String, [NamedCheck])
        /// A paragraph.
        case text(title: String, String)
    }

    /// The title of the page.
    public let title: String
    /// What was run, in a sentence or two.
    public let introduction: String
    /// The figures at the top.
    public let tiles: [Tile]
    /// The parts, in their order.
    public let sections: [Section]
    /// The options the run was made with, at the end.
    public let options: [(name: String, value: String)]

    /// A report; take `options` from ``ParsedOptions/listing``.
    public init(
        title: String,
        introduction: String,
        tiles: [Tile],
        sections: [Section],
        options: [(name: String, value: String)]
    ) {
        self.title = title
        self.introduction = introduction
        self.tiles = tiles
        self.sections = sections
        self.options = options
    }

    /// The page; the same report gives the same text.
    public var html: String {
        let head = [
            "<!DOCTYPE html>", "<html lang=\"en\">", "<head>", "<meta charset=\"utf-8\">",
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">",
            // Makes a browser hold the promise that nothing is fetched and nothing runs.
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
            "<meta name=\"color-scheme\" content=\"light dark\">",
            Markup.element("title", [:], Markup.escaped(title)),
            Markup.element("style", [:], "\n" + HTMLReportStyle.sheet + "\n"), "</head>", "<body>", "<main>",
            Markup.element("h1", [:], Markup.escaped(title)),
        ]
        let opening = introduction.isEmpty ? [] : [Markup.element("p", [:], Markup.escaped(introduction))]
        let body = opening + tileList + sections.map(Self.html) + optionTable
        return (head + body + ["</main>", "</body>", "</html>"]).joined(separator: "\n") + "\n"
    }

    private var tileList: [String] {
        guard !tiles.isEmpty else { return [] }
        let items = tiles.map { tile in
            let note = tile.note.isEmpty ? "" : Markup.element("dd", ["class": "note"], Markup.escaped(tile.note))
            let figures =
                Markup.element("dt", [:], Markup.escaped(tile.label))
                + Markup.element("dd", [:], Markup.escaped(tile.value)) + note
            return Markup.element("div", [:], figures)
        }
        return [Markup.element("dl", ["class": "tiles"], "\n" + items.joined(separator: "\n") + "\n")]
    }

    private var optionTable: [String] {
        guard !options.isEmpty else { return [] }
        var table = Table("Options", [.text("option"), .text("value")])
        for option in options { table.add(option.name, option.value) }
        return [Self.html(.table(table))]
    }

    private static func html(_ section: Section) -> String {
        switch section {
        case .table(let table):
            return part(table.title, Markup.element("div", ["class": "wide"], html(table)))
        case .figure(let title, let svg, let caption):
            let text = Markup.element("figcaption", [:], Markup.escaped(caption))
            return part(title, Markup.element("figure", [:], "\n" + svg + text + "\n"))
        case .checks(let title, let checks):
            return part(title, verdict(checks) + "\n" + html(checks))
        case .text(let title, let text):
            return part(title, Markup.element("p", [:], Markup.escaped(text)))
        }
    }

    private static func part(_ title: String, _ content: String) -> String {
        let heading = title.isEmpty ? "" : Markup.element("h2", [:], Markup.escaped(title)) + "\n"
        return Markup.element("section", [:], "\n" + heading + content + "\n")
    }

    private static func verdict(_ checks: [NamedCheck]) -> String {
        let failed = checks.count { !$0.hasPassed }
        let text = failed == 0 ? "All \(checks.count) checks hold." : "\(failed) of \(checks.count) checks are broken."
        return Markup.element("p", ["class": failed == 0 ? "good" : "bad"], text)
    }

    private static func html(_ checks: [NamedCheck]) -> String {
        let rows = checks.map { check in
            let verdict = Markup.element(
                "td",
                ["class": check.hasPassed ? "good" : "bad"],
                check.hasPassed ? "\u{2713} ok" : "\u{2717} BROKEN"
            )
            return verdict + rowHeading(check.name) + Markup.element("td", [:], Markup.escaped(check.finding))
        }
        return html(headings: [("result", nil), ("what must hold", nil), ("found", nil)], rows: rows)
    }

    private static func html(_ table: Table) -> String {
        let rows = table.rows.map { row in
            zip(table.columns, row).enumerated().map { index, cell in
                let (column, text) = cell
                if index == 0, column.alignment == .left { return rowHeading(text) }
                return column.alignment == .right
                    ? Markup.element("td", ["class": "number"], Markup.escaped(text))
                    : Markup.element("td", [:], Markup.escaped(text))
            }.joined()
        }
        return html(headings: table.columns.map { ($0.title, $0.alignment == .right ? "number" : nil) }, rows: rows)
    }

    private static func rowHeading(_ text: String) -> String {
        Markup.element("th", ["scope": "row"], Markup.escaped(text))
    }

    private static func html(headings: [(title: String, style: String?)], rows: [String]) -> String {
        let titles = headings.map { heading in
            heading.style.map { Markup.element("th", ["scope": "col", "class": $0], Markup.escaped(heading.title)) }
                ?? Markup.element("th", ["scope": "col"], Markup.escaped(heading.title))
        }
        let head = Markup.element("thead", [:], Markup.element("tr", [:], titles.joined()))
        let body = rows.map { Markup.element("tr", [:], $0) }.joined(separator: "\n")
        return Markup.element(
            "table",
            [:],
            "\n" + head + "\n" + Markup.element("tbody", [:], "\n" + body + "\n") + "\n"
        )
    }
}
