import MarketplaceCore

extension SagaTimeline: CustomStringConvertible {
    /// The run as text: a line that says which saga it is, then one per entry in aligned columns, times relative to
    /// the start.
    public var description: String {
        let rows = entries.map { entry in
            [
                Self.offset(startedAt.duration(to: entry.time)), entry.step ?? "", entry.text + entry.suffix,
                entry.reason ?? "",
            ].map(Self.oneLine)
        }
        let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = [
            "\(definition) \(version), \(key): \(status.rawValue)",
            "saga \(saga), started at \(startedAt)",
        ]
        for row in rows {
            var line = Self.padding(row[0], to: widths[0]) + row[0]
            for column in 1..<4 where widths[column] > 0 {
                line += "  " + row[column] + Self.padding(row[column], to: widths[column])
            }
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
        return lines.map { Self.oneLine($0) + "\n" }.joined()
    }

    /// A time since the start: `+0.250 s`, `+2:05.000`, `+1:02:05.000`, with hours beyond 24 as they are.
    static func offset(_ duration: Duration) -> String {
        let milliseconds =
            duration.components.seconds.magnitude.multipliedReportingOverflow(by: 1_000).partialValue
            &+ UInt64(duration.components.attoseconds.magnitude / 1_000_000_000_000_000)
        let sign = duration < .zero ? "-" : "+"
        let (all, rest) = milliseconds.quotientAndRemainder(dividingBy: 1_000)
        let fraction = "." + digits(rest, 3)
        switch all {
        case ..<60: return sign + "\(all)" + fraction + " s"
        case ..<3_600: return sign + "\(all / 60):" + digits(all % 60, 2) + fraction
        default: return sign + "\(all / 3_600):" + digits(all / 60 % 60, 2) + ":" + digits(all % 60, 2) + fraction
        }
    }

    private static func digits(_ number: UInt64, _ count: Int) -> String {
        let text = String(number)
        return padding(text, to: count, with: "0") + text
    }

    private static func padding(_ text: String, to width: Int, with filler: String = " ") -> String {
        String(repeating: filler, count: max(0, width - text.count))
    }

    /// Errors may have line breaks and control characters in them, which would spoil the columns.
    private static func oneLine(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isControl =
                scalar.properties.generalCategory == .control || scalar == "\u{2028}" || scalar == "\u{2029}"
            line.append(isControl ? " " : scalar)
        }
        return String(line)
    }
}

extension SagaTimeline.Entry {
    /// Who it was, behind the words.
    var suffix: String { actor.map { " (\($0))" } ?? "" }
}
