import MarketplaceCore

/// What one document can be found by in one index: values that are compared in order.
public struct IndexEntry: Sendable {
    /// The index, a name within the collection; names are compared as bytes.
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

extension IndexEntry: Hashable {
    /// Whether both are of the same index, by the bytes of its name, and have the same values.
    public static func == (lhs: IndexEntry, rhs: IndexEntry) -> Bool {
        lhs.index.isBytewiseEqual(to: rhs.index) && lhs.values == rhs.values
    }

    /// Feeds the bytes of the name and the values to `hasher`.
    public func hash(into hasher: inout Hasher) {
        index.hashBytes(into: &hasher)
        hasher.combine(values)
    }
}
