/// The name of a point in time that is given from outside, such as `booking end`.
public struct TimePointName: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name.
    public let text: String

    /// Makes the name.
    public init(_ text: String) {
        self.text = text
    }

    /// Makes the name of a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The name.
    public var description: String { text }
}
