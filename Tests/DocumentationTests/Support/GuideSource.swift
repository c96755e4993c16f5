/// A Swift file of this target whose marked parts are the blocks of a guide.
///
/// A part lies between a line `// guide` and a line `// end of guide`; what its lines have in common at their
/// beginning is indentation and left out.
struct GuideSource {
    /// Markers that do not pair up, by the number of the line.
    struct StrayMarker: Error, Equatable {
        let line: Int
    }

    /// The marked parts, in order.
    let parts: [String]

    init(_ text: String) throws(StrayMarker) {
        var parts: [String] = []
        var current: [String]?
        var opening = 0
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            switch line.drop(while: { $0 == " " }) {
            case "// guide":
                guard current == nil else { throw StrayMarker(line: index + 1) }
                current = []
                opening = index + 1
            case "// end of guide":
                guard let lines = current else { throw StrayMarker(line: index + 1) }
                parts.append(Self.dedented(lines))
                current = nil
            default: current?.append(String(line))
            }
        }
        guard current == nil else { throw StrayMarker(line: opening) }
        self.parts = parts
    }

    private static func dedented(_ lines: [String]) -> String {
        let indentation = lines.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
        return lines.map { String($0.dropFirst(indentation)) + "\n" }.joined()
    }
}
