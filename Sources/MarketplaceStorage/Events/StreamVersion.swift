/// How many events have been appended to a stream; also the place of an event in it, from 1.
public struct StreamVersion: Hashable, Comparable, Sendable, Codable, CustomStringConvertible {
    /// The number.
    public let value: Int64

    /// Makes a version of a number.
    public init(_ value: Int64) {
        self.value = value
    }

    /// The version of a stream before its first event.
    public static let none = StreamVersion(0)
    /// The version of a stream's first event.
    public static let first = StreamVersion(1)

    /// The version `count` events later, at most the greatest number there is.
    public func advanced(by count: Int) -> StreamVersion {
        let (sum, overflow) = value.addingReportingOverflow(Int64(count))
        return StreamVersion(overflow ? (count < 0 ? .min : .max) : sum)
    }

    /// Whether the left one is earlier.
    public static func < (lhs: StreamVersion, rhs: StreamVersion) -> Bool {
        lhs.value < rhs.value
    }

    /// The number as text.
    public var description: String { String(value) }
}
