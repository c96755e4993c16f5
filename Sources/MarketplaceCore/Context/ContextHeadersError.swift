/// Why something cannot be a header.
public enum ContextHeadersError: EffectStating, Hashable {
    /// The name is empty or too long.
    case badName(String, maximumLength: Int)
    /// The value has too many bytes of UTF-8.
    case valueTooLong(name: String, byteCount: Int, maximum: Int)
    /// There are as many headers as there may be.
    case tooMany(maximum: Int)

    /// Nothing was changed, and the same call will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension ContextHeadersError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .badName(let name, let maximum):
            "a header name has 1 to \(maximum) bytes of UTF-8, not \(name.utf8.count)"
        case .valueTooLong(let name, let byteCount, let maximum):
            "the header \(name) has \(byteCount) bytes of UTF-8, at most \(maximum) are kept"
        case .tooMany(let maximum):
            "at most \(maximum) headers are kept"
        }
    }
}
