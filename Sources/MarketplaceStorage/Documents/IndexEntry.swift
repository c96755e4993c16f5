/// What one document can be found by in one index: values that are compared in order.
public struct IndexEntry: Hashable, Sendable {
    /// The index, a name within the collection.
    public let index: String
    /// The values, most significant first.
    public let values: [IndexValue]

    /// Makes an entry.
    public init(_ index: String, _ values: IndexValue...) {
        self.index = index
        self.values = values
    }
}
