/// A Swift file of this target whose marked parts are the blocks of a guide.
///
/// A part lies between a line `// guide: HEADING`, the heading it stands under, and a line `// end of guide`; what its
/// lines have in common at their beginning is indentation and left out.
struct GuideSource {
    /// Markers that do not pair up, by the number of the line.
    struct StrayMarker: Error, Equatable {
        let line: Int
    }

    /// A marked part.
    struct Part: Equatable {
        /// The heading it stands under in the guide.
        let heading: String
        /// Its text, each line with its line feed.
        let text: String
    }

    /// The marked parts, in order.
    let parts: [Part]

    init(_ text: String) throws(StrayMarker) {
        var parts: [Part] = []
        var current: (heading: String, line: Int, lines: [String])?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let content = line.drop { $0 == " " }
            if content.hasPrefix(Self.opening) {
                guard current == nil else { throw StrayMarker(line: index + 1) }
                current = (String(content.dropFirst(Self.opening.count)), index + 1, [])
            } else if content == Self.closing {
                guard let part = current else { throw StrayMarker(line: index + 1) }
                parts.append(Part(heading: part.heading, text: Self.dedented(part.lines)))
                current = nil
            } else {
                current?.lines.append(String(line))
            }
        }
        if let current { throw StrayMarker(line: current.line) }
        self.parts = parts
    }

    private static let opening = "// guide: "
    private static let closing = "// end of guide"

    private static func dedented(_ lines: [String]) -> String {
        let indentation = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { String($0.dropFirst(indentation)) + "\n" }.joined()
    }
}
