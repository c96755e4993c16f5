/// What is asked of an attribute.
public enum AttributeTest: Sendable, Hashable {
    /// It is there, and one of these.
    case anyOf([String])
    /// It is none of these, or not there.
    case noneOf([String])
    /// It is there, a whole number, and in the range.
    case number(CountRange)

    func accepts(_ value: String?) -> Bool {
        switch self {
        case .anyOf(let values): value.map(values.contains) ?? false
        case .noneOf(let values): !(value.map(values.contains) ?? false)
        case .number(let range): value.flatMap { Int($0) }.map(range.contains) ?? false
        }
    }
}
