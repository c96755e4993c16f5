public import MarketplaceCore

/// Why a profile cannot be what was entered.
public enum MemberProfileError: EffectStating, Hashable {
    /// The name has no visible character.
    case blankName
    /// The name has too many Unicode scalars.
    case nameTooLong(count: Int, maximum: Int)

    /// Nothing was changed, and the same profile will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension MemberProfileError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .blankName: "a name has at least one visible character"
        case .nameTooLong(let count, let maximum): "a name has at most \(maximum) characters, not \(count)"
        }
    }
}
