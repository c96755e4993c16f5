public import MarketplaceCore

/// Why a field cannot be sealed or opened.
public enum SealingError: EffectStating, Hashable {
    /// The cipher does not have the key of that id.
    case unknownKey(id: String)
    /// The field was changed, or belongs elsewhere.
    case notAuthentic
    /// The field has more bytes than the cipher takes.
    case tooLong(byteCount: Int, maximum: Int)

    /// Nothing was changed, and the same call will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension SealingError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .unknownKey(let id): "there is no key \(id)"
        case .notAuthentic: "the sealed field was changed or belongs elsewhere"
        case .tooLong(let count, let maximum): "\(count) bytes are too many to seal, \(maximum) are allowed"
        }
    }
}
