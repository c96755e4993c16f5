/// A short code that somebody reads in one place and types in another.
///
/// It does not show itself in logs.
public struct OneTimeCode: Sendable, Hashable {
    /// The digits.
    public let text: String

    /// The code of that text.
    public init(_ text: String) {
        self.text = text
    }
}

extension OneTimeCode: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A mask.
    public var description: String { "••••" }
    /// A mask.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
