/// The scripts that are written without spaces, or whose words a search cuts into pairs of characters.
enum EastAsianScript {
    /// Whether a letter is Han, Kana or Hangul.
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3005...0x3007, 0x3041...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0x20000...0x3FFFF:
            true
        default: false
        }
    }

    /// The letter that two make which follow each other: Hangul of its parts (Unicode Standard, section 3.12), and Kana
    /// with its voicing mark, as file names of some systems have them; nil where they make none.
    static func composed(_ first: Unicode.Scalar, _ second: Unicode.Scalar) -> Unicode.Scalar? {
        switch (first.value, second.value) {
        case (0x1100...0x1112, 0x1161...0x1175):
            return Unicode.Scalar(0xAC00 + ((first.value - 0x1100) * 21 + second.value - 0x1161) * 28)
        case (0xAC00...0xD7A3, 0x11A8...0x11C2) where (first.value - 0xAC00).isMultiple(of: 28):
            return Unicode.Scalar(first.value + second.value - 0x11A7)
        case (0x3041...0x30FF, 0x3099...0x309A):
            // Voiced letters follow the plain ones, but for a few; canonical equivalence of the standard library tells.
            let pair = "\(first)\(second)"
            let candidates = [first.value + 1, first.value + 2, 0x3094, 0x30F4, first.value + 8]
            return candidates.lazy.compactMap { Unicode.Scalar($0) }.first { String($0) == pair }
        default: return nil
        }
    }
}
