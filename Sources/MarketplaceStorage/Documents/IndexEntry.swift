/// What one document can be found by in one index: values that are compared in order.
public struct IndexEntry: Hashable, Sendable {
    /// The index, a name within the collection.
    public let index: String
    /// The values, most significant first.
    public let values: [IndexValue]

    /// Makes an entry.
    public init(_ index: String, _ values: IndexValue...) {
        self.init(index, values: values)
    }

    /// Makes an entry of values that were put together before.
    public init(_ index: String, values: [IndexValue]) {
        self.index = index
        self.values = values
    }
}
