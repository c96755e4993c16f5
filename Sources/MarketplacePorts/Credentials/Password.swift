/// A password as somebody typed it.
///
/// It does not show itself in logs and is never stored.
public struct Password: Sendable {
    /// The bytes of the text, as UTF-8.
    public let bytes: [UInt8]

    /// The most bytes of a password: NIST SP 800-63B asks for at least 64 characters, and a bound keeps hashing cheap.
    public static let maximumBytes = 1_024

    /// The password of that text.
    public init(_ text: String) {
        bytes = Array(text.utf8)
    }
}

extension Password: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A mask.
    public var description: String { "••••" }
    /// A mask.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
