import MarketplaceCore

/// What a text in JSON consists of.
enum JSONText {
    static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    static let literals = ["true", "false", "null"]
    /// What may stand behind a backslash, `u` apart.
    static let simpleEscapes = Set(#""\/bfnrt"#.utf8)
    static let end = "the end of the document"

    /// The character at an offset of a text in valid UTF-8, in words.
    static func character(at offset: Int, of bytes: [UInt8]) -> String {
        guard let scalar = String(decoding: bytes[offset...].prefix(4), as: UTF8.self).unicodeScalars.first else {
            return end
        }
        return switch scalar {
        case "\n", "\r": "the end of the line"
        case "\t": "a tabulator"
        case "\"": "a double quote"
        case "!"..."~": String(scalar)
        default: String(scalar).excerpt
        }
    }

    /// Whether more combining marks follow each other than a text may have.
    static func hasTooManyMarks(_ text: String) -> Bool {
        var count = 0
        for scalar in text.unicodeScalars {
            // No mark comes before U+0300.
            guard scalar.value >= 0x300, scalar.properties.canonicalCombiningClass != .notReordered else {
                count = 0
                continue
            }
            count += 1
            if count > JSONDocument.Limits.maximumMarks { return true }
        }
        return false
    }

    /// The text of a string or a key, whose bytes are given with their quotes and are valid.
    static func text(of quoted: ArraySlice<UInt8>) -> String {
        let content = quoted.dropFirst().dropLast()
        guard content.contains(UInt8(ascii: "\\")) else { return String(decoding: content, as: UTF8.self) }
        var units: [UInt16] = []
        var rest = String(decoding: content, as: UTF8.self).utf16.makeIterator()
        while let unit = rest.next() {
            guard unit == UInt16(UInt8(ascii: "\\")), let escape = rest.next() else {
                units.append(unit)
                continue
            }
            switch UInt8(truncatingIfNeeded: escape) {
            case UInt8(ascii: "b"): units.append(0x08)
            case UInt8(ascii: "f"): units.append(0x0C)
            case UInt8(ascii: "n"): units.append(0x0A)
            case UInt8(ascii: "r"): units.append(0x0D)
            case UInt8(ascii: "t"): units.append(0x09)
            case UInt8(ascii: "u"):
                let digits = (0..<4).compactMap { _ in rest.next() }
                units.append(UInt16(String(decoding: digits, as: UTF16.self), radix: 16) ?? 0xFFFD)
            default: units.append(escape)
            }
        }
        return String(decoding: units, as: UTF16.self)
    }
}
