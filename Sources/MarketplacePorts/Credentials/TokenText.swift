/// A token as it travels.
///
/// It does not show itself in logs.
public struct TokenText: Sendable, Hashable {
    /// The text.
    public let text: String

    /// The token of that text.
    public init(_ text: String) {
        self.text = text
    }
}

extension TokenText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A mask.
    public var description: String { "••••" }
    /// A mask.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
