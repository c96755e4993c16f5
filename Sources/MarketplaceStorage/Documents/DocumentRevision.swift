/// A number that rises with every write of a document, also when it was deleted in between: it never goes back.
///
/// It may rise by more than one, and the first write need not give 1.
public struct DocumentRevision: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The number.
    public let value: Int64

    /// Makes a revision of a number.
    public init(_ value: Int64) {
        self.value = value
    }

    /// Whether the left one is earlier.
    public static func < (lhs: DocumentRevision, rhs: DocumentRevision) -> Bool {
        lhs.value < rhs.value
    }

    /// The number as text.
    public var description: String { String(value) }
}
