/// Fields on one line, with a tab between them.
///
/// Within a field a backslash, a tab, a line feed, a carriage return and a zero are written `\\`, `\t`, `\n`, `\r` and
/// `\0`, so that any text comes back as it was.
public enum TabSeparated {
    private static let escapes: [(plain: Unicode.Scalar, letter: Unicode.Scalar)] = [
        ("\\", "\\"), ("\t", "t"), ("\n", "n"), ("\r", "r"), ("\0", "0"),
    ]

    /// The line that holds the fields.
    public static func line(of fields: [String]) -> String {
        fields.map(escaped).joined(separator: "\t")
    }

    /// The fields of a line that ``line(of:)`` wrote; `nil` when an escape in it is not one of the five.
    public static func fields(of line: String) -> [String]? {
        var fields: [String] = []
        for part in line.unicodeScalars.split(separator: "\t", omittingEmptySubsequences: false) {
            guard let field = plain(part) else { return nil }
            fields.append(field)
        }
        return fields
    }

    private static func escaped(_ field: String) -> String {
        var text = String.UnicodeScalarView()
        for scalar in field.unicodeScalars {
            if let escape = escapes.first(where: { $0.plain == scalar }) {
                text.append("\\")
                text.append(escape.letter)
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }

    private static func plain(_ part: Substring.UnicodeScalarView) -> String? {
        var text = String.UnicodeScalarView()
        var rest = part
        while let scalar = rest.popFirst() {
            if scalar == "\\" {
                guard let letter = rest.popFirst(), let escape = escapes.first(where: { $0.letter == letter }) else {
                    return nil
                }
                text.append(escape.plain)
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }
}
