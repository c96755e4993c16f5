public import MarketplaceCore

/// Why a text is not an e-mail address; it does not repeat the text, which is personal.
public enum EmailAddressError: EffectStating, Hashable {
    /// It is not of the form `local@domain.example`, in ASCII.
    case malformed
    /// It has too many bytes.
    case tooLong(byteCount: Int, maximum: Int)

    /// Nothing was changed, and the same text will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension EmailAddressError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .malformed: "the text is not an e-mail address such as name@shop.example"
        case .tooLong(let count, let maximum): "an e-mail address has at most \(maximum) bytes, not \(count)"
        }
    }
}
