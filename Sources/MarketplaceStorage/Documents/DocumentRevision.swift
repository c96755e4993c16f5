/// How often a document has been written, deletions and new beginnings included: it never goes back.
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
