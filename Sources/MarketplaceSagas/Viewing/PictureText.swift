/// Text made fit for a drawing: escaped, measured and cut. Nothing here can measure a font, so widths are estimates
/// on the wide side.
enum PictureText {
    /// `text` with the special characters of XML escaped, for content and for quoted attributes alike.
    ///
    /// Characters that XML 1.0 (section 2.2) does not allow, and line breaks, become spaces.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: result += " "
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// How wide a text is, in average letters; letters of East Asian scripts and pictures count twice.
    static func letters(_ text: String) -> Int {
        text.reduce(0) { $0 + letters($1) }
    }

    /// `text`, or as much of it as fits with an ellipsis.
    static func fitted(_ text: String, letters limit: Int) -> String {
        guard letters(text) > limit else { return text }
        var result = ""
        var width = 1
        for character in text {
            width += letters(character)
            guard width <= limit else { break }
            result.append(character)
        }
        return result + "…"
    }

    /// `text` broken at spaces into at most `count` lines, the last one cut with an ellipsis where more would follow.
    static func wrapped(_ text: String, letters limit: Int, lines count: Int) -> [String] {
        var lines: [String] = []
        var words = text.split(whereSeparator: \.isWhitespace)[...]
        while !words.isEmpty, lines.count < count {
            var line = String(words.removeFirst())
            while let next = words.first, letters(line) + 1 + letters(String(next)) <= limit {
                line += " " + words.removeFirst()
            }
            let isCut = lines.count == count - 1 && !words.isEmpty
            lines.append(fitted(isCut ? line + " …" : line, letters: limit))
        }
        return lines
    }

    private static func letters(_ character: Character) -> Int {
        character.unicodeScalars.contains { $0.value >= 0x1100 && !(0x2000..<0x2E80).contains($0.value) } ? 2 : 1
    }
}
