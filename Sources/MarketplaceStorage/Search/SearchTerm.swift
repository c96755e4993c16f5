public import MarketplaceCore

/// A value of a facet, or a flag, as one thing that a document has or has not; for adapters.
public struct SearchTerm: Hashable, Comparable, Sendable {
    /// The facet or the flag.
    public let field: SearchField
    /// The value of the facet; nil for a flag.
    public let value: SearchValue?

    /// Makes a term.
    public init(_ field: SearchField, _ value: SearchValue?) {
        self.field = field
        self.value = value
    }

    /// Whether the left one comes first: by field, flags before values.
    public static func < (lhs: SearchTerm, rhs: SearchTerm) -> Bool {
        guard lhs.field == rhs.field else { return lhs.field < rhs.field }
        guard let right = rhs.value else { return false }
        return lhs.value.map { $0 < right } ?? true
    }

    /// The text of the value; empty for a flag, as no value is.
    public var storedValue: String { value?.text ?? "" }
}
