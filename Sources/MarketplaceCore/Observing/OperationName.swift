/// The stable name of an operation that an ``Observer`` can put a span around.
public struct OperationName: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name, such as `checkout.place`.
    public let text: String

    /// Makes a name.
    public init(_ text: String) {
        self.text = text
    }

    /// Makes a name of a literal.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The name.
    public var description: String { text }
}
