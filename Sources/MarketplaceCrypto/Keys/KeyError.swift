#if Crypto
public import MarketplaceCore

/// Why keys cannot be used.
public enum KeyError: EffectStating, Hashable {
    /// A key has too few or too many bytes.
    case wrongLength(byteCount: Int, allowed: ClosedRange<Int>)
    /// An id is empty, too long, or has other characters than letters, digits, `-`, `_` and `.`.
    case unfitID(String)
    /// The current key is not among the keys.
    case missingCurrent(id: String)

    /// Nothing was changed, and the same call will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension KeyError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .wrongLength(let count, let allowed):
            "a key has \(allowed.lowerBound) to \(allowed.upperBound) bytes, not \(count)"
        case .unfitID(let id): "“\(id)” cannot be the id of a key"
        case .missingCurrent(let id): "the current key \(id) is not among the keys"
        }
    }
}
#endif
