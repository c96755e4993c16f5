/// The bound of a counter that an addition would break.
public enum CounterBound: Hashable, Sendable, CustomStringConvertible {
    /// The counter must not fall below this.
    case floor(Int64)
    /// The counter must not rise above this.
    case ceiling(Int64)

    /// Which bound, and its value.
    public var description: String {
        switch self {
        case .floor(let value): "floor of \(value)"
        case .ceiling(let value): "ceiling of \(value)"
        }
    }
}
