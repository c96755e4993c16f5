/// Why a text is not a key.
public enum TextKeyError: EffectStating, Hashable {
    /// It has no characters.
    case empty
    /// It has more bytes of UTF-8 than a key may have.
    case tooLong(byteCount: Int, maximum: Int)
    /// It contains U+0000 at this offset in bytes, which not every store can keep.
    case containsNUL(offset: Int)

    /// Nothing was changed, and the same text will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension TextKeyError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .empty: "a key must not be empty"
        case .tooLong(let byteCount, let maximum): "a key has at most \(maximum) bytes of UTF-8, not \(byteCount)"
        case .containsNUL(let offset): "a key must not contain U+0000 (at byte \(offset))"
        }
    }
}
