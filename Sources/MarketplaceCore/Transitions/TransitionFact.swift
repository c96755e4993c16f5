/// A named fact that the guard of a transition asks for, such as `nothing captured`.
///
/// A table names facts instead of holding closures: so it stays a value that can be compared, drawn and read from
/// data. Whoever moves says which facts hold.
///
/// ```swift
/// extension TransitionFact {
///     static let nothingCaptured: TransitionFact = "nothing captured"
/// }
/// ```
public struct TransitionFact: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name, in the words of the business.
    public let name: String

    /// Makes the fact of that name.
    public init(_ name: String) {
        self.name = name
    }

    /// Makes the fact of that name.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The name.
    public var description: String { name }
}
