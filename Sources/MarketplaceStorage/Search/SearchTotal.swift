/// How many documents there are, as far as they were counted.
public enum SearchTotal: Hashable, Sendable {
    /// So many.
    case exactly(Int)
    /// So many or more: an index need not count beyond ``SearchLimits/countedHits``.
    case atLeast(Int)

    /// The number that is certain.
    public var count: Int {
        switch self {
        case .exactly(let count), .atLeast(let count): count
        }
    }
}
