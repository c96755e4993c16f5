/// The name of something that is to be done when a transition happens, such as `refund the payment`.
///
/// A table only names effects, in the order in which they are due; a shell performs them.
public struct TransitionEffect: Sendable, Hashable, CustomStringConvertible, ExpressibleByStringLiteral {
    /// The name.
    public let name: String

    /// Makes the effect of that name.
    public init(_ name: String) {
        self.name = name
    }

    /// Makes the effect of that name.
    public init(stringLiteral value: String) {
        self.init(value)
    }

    /// The name.
    public var description: String { name }
}
