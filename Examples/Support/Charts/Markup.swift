/// Text made safe for XML and HTML, and elements built from it.
enum Markup {
    /// `text` with the five special characters escaped, for content and for quoted attributes alike.
    ///
    /// Characters that XML 1.0 (section 2.2) does not allow become the replacement character.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case "\t", "\n", "\r": result.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF:
                result += "\u{FFFD}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// An element with escaped attributes; without `content` it is closed at once.
    static func element(_ name: String, _ attributes: KeyValuePairs<String, String>, _ content: String? = nil) -> String
    {
        let list = attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined()
        guard let content else { return "<\(name)\(list)/>" }
        return "<\(name)\(list)>\(content)</\(name)>"
    }
}
