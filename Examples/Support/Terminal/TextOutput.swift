/// Where a command writes its text.
public protocol TextOutput: Sendable {
    /// Whether a person watches: a line may be rewritten in place.
    var isTerminal: Bool { get }
    /// Whether styles are shown: a terminal whose user did not switch them off.
    var showsStyles: Bool { get }
    /// How many characters fit on a line.
    var columns: Int { get }

    /// Writes the text as it is, before it returns.
    func write(_ text: String)
}

extension TextOutput {
    /// Writes the text and ends its line.
    public func writeLine(_ text: String = "") {
        write(text + "\n")
    }

    /// Writes the lines in one piece.
    public func writeLines(_ lines: [String]) {
        write(lines.map { $0 + "\n" }.joined())
    }

    /// `text` in a style, or as it is where styles are not shown.
    public func styled(_ text: String, _ style: TextStyle) -> String {
        showsStyles ? style.applied(to: text) : text
    }

    /// Writes a table under its heading.
    public func write(_ table: Table) {
        writeLines(table.lines(width: columns))
    }

    /// Writes named checks, one line each: `ok` or `BROKEN`, the name, and what was found.
    public func write(_ checks: [NamedCheck], title: String) {
        let lines = checks.map { check in
            let verdict = check.hasPassed ? styled("ok    ", .good) : styled("BROKEN", .bad)
            return verdict + "  " + check.name + (check.finding.isEmpty ? "" : ": " + check.finding)
        }
        writeLines(SectionHeading.lines(title) + lines)
    }
}
