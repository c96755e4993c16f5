extension String {
    /// How many Unicode scalars of a foreign text a message keeps: enough to recognise it, too few to flood a log.
    package static let excerptLimit = 64

    /// How many Unicode scalars of a foreign sentence a message keeps.
    package static let sentenceLimit = 512

    /// The beginning of a text from outside, fit for one line of a log: in quotes, with quotes, backslashes and what
    /// ``Unicode/Scalar/breaksALine`` written as escapes of a Swift literal.
    ///
    /// Keeps ``excerptLimit`` scalars and says with `…` that there were more. Costs the same for a text of any length.
    package var excerpt: String { "\"\(escaped(limit: Self.excerptLimit, quotes: true))\"" }

    /// The ``excerpt`` without its quotes, and with no escapes for quotes and backslashes.
    package var bareExcerpt: String { escaped(limit: Self.excerptLimit, quotes: false) }

    /// The beginning of a sentence from elsewhere in one line: what ``Unicode/Scalar/breaksALine`` as escapes.
    ///
    /// Keeps ``sentenceLimit`` scalars and says with `…` that there were more.
    package var inOneLine: String { escaped(limit: Self.sentenceLimit, quotes: false) }

    private func escaped(limit: Int, quotes: Bool) -> String {
        var result = ""
        // Scalars, since one grapheme cluster can be of any length.
        var rest = unicodeScalars.makeIterator()
        for _ in 0..<limit {
            guard let scalar = rest.next() else { return result }
            if quotes, scalar == "\"" || scalar == "\\" {
                result += "\\\(scalar)"
            } else if scalar.breaksALine {
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return rest.next() == nil ? result : result + "…"
    }

    /// Whether it is a name as programs have it: ASCII letters, digits and underscores, no digit in front, and not
    /// longer than ``excerptLimit``.
    package var isPlainName: Bool {
        guard let first = utf8.first, first.isNameByte, !(48...57).contains(first) else { return false }
        var count = 0
        for byte in utf8 {
            count += 1
            guard count <= Self.excerptLimit, byte.isNameByte else { return false }
        }
        return true
    }

    /// The text itself where it is a plain name, and its ``excerpt`` where it is not.
    package var nameForMessage: String { isPlainName ? self : excerpt }
}

extension UInt8 {
    /// Whether it is an ASCII letter, a digit or an underscore.
    fileprivate var isNameByte: Bool {
        switch self {
        case 48...57, 65...90, 97...122, 95: true
        default: false
        }
    }
}

extension Unicode.Scalar {
    /// Whether a log or a terminal would do something else with it than show it.
    package var breaksALine: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
