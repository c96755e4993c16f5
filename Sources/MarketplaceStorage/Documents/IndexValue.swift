public import MarketplaceCore

/// One value of an index: a whole number or a text.
///
/// Numbers come before texts; texts compare as bytes of UTF-8.
public enum IndexValue: Sendable {
    /// A whole number.
    case integer(Int64)
    /// A text.
    case text(String)

    /// A point in time, as microseconds since the epoch.
    public static func time(_ timestamp: Timestamp) -> IndexValue {
        .integer(timestamp.microsecondsSinceEpoch)
    }
}

extension IndexValue: Hashable {
    /// Whether both are the same number or the same bytes.
    public static func == (lhs: IndexValue, rhs: IndexValue) -> Bool {
        switch (lhs, rhs) {
        case (.integer(let left), .integer(let right)): left == right
        case (.text(let left), .text(let right)): left.isBytewiseEqual(to: right)
        default: false
        }
    }

    /// Feeds the number or the bytes to `hasher`.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .integer(let number): hasher.combine(number)
        case .text(let text): text.hashBytes(into: &hasher)
        }
    }
}

extension IndexValue: Comparable {
    /// Whether the left one comes first.
    public static func < (lhs: IndexValue, rhs: IndexValue) -> Bool {
        switch (lhs, rhs) {
        case (.integer(let left), .integer(let right)): left < right
        case (.text(let left), .text(let right)): left.isBytewiseLess(than: right)
        case (.integer, .text): true
        case (.text, .integer): false
        }
    }
}
