/// Why a text is not the code of a currency.
public enum CurrencyError: EffectStating, Hashable, CustomStringConvertible {
    /// The text is not three upper-case ASCII letters; at most its first ``excerptLimit`` characters are kept.
    case malformed(String)
    /// Three upper-case letters, which the active list of ISO 4217 does not have.
    case unknown(String)

    /// How many characters of a malformed code an error keeps: enough to recognise it, too few to flood a log.
    public static let excerptLimit = 32

    /// Refused: the same input has the same answer.
    public var effect: EffectOutcome { .refused }

    /// The facts in words, for a log.
    public var description: String {
        switch self {
        case .malformed(let text): "not a currency code of three upper-case letters: \"\(text)\""
        case .unknown(let code): "no active currency of ISO 4217 has the code \(code)"
        }
    }

    static func excerpt(of text: String) -> String {
        // Scalars, since one grapheme cluster can be of any length.
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(excerptLimit)))
    }
}
