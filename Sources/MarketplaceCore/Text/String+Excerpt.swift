extension String {
    /// How many Unicode scalars of a foreign text a message keeps: enough to recognise it, too few to flood a log.
    package static let excerptLimit = 64

    /// The beginning of a text from outside, fit for one line of a log: in quotes, with control characters, line and
    /// paragraph separators, marks of writing direction, quotes and backslashes written as `\u{…}` or `\"` and `\\`.
    ///
    /// Keeps ``excerptLimit`` scalars and says with `…` that there were more. Costs the same for a text of any length.
    package var excerpt: String {
        var result = "\""
        // Scalars, since one grapheme cluster can be of any length.
        var rest = unicodeScalars.makeIterator()
        for _ in 0..<Self.excerptLimit {
            guard let scalar = rest.next() else { return result + "\"" }
            switch scalar {
            case "\"", "\\":
                result += "\\\(scalar)"
            case _ where scalar.breaksALine:
                result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default:
                result.unicodeScalars.append(scalar)
            }
        }
        return result + (rest.next() == nil ? "\"" : "…\"")
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
    fileprivate var breaksALine: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
