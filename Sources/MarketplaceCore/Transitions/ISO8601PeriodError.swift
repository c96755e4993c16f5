/// Why a text is not a period of fixed length.
public enum ISO8601PeriodError: EffectStating, Hashable {
    /// The text is not a period from this byte on.
    case malformed(offset: Int)
    /// Years and months have no fixed length.
    case noFixedLength(unit: Character)
    /// The part that begins at this byte makes the period longer than whole seconds in an `Int64`.
    case tooLong(offset: Int)

    /// Nothing was changed, and the same text will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension ISO8601PeriodError: CustomStringConvertible {
    /// The reason in a sentence.
    public var description: String {
        switch self {
        case .malformed(let offset): "not an ISO 8601 period such as PT15M (at byte \(offset))"
        case .noFixedLength(let unit): "the unit \(unit) of a date has no fixed length; use days"
        case .tooLong(let offset): "the period is too long (at byte \(offset))"
        }
    }
}
