/// A point in wall-clock time: microseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Arithmetic never traps: a result beyond the representable range stays at ``distantPast`` or ``distantFuture``.
@frozen
public struct Timestamp: Sendable, Hashable {
    /// Microseconds since 1970-01-01T00:00:00Z; negative before it.
    public var microsecondsSinceEpoch: Int64

    /// Makes the point that lies so many microseconds after 1970-01-01T00:00:00Z.
    @inlinable
    public init(microsecondsSinceEpoch: Int64) {
        self.microsecondsSinceEpoch = microsecondsSinceEpoch
    }

    /// 1970-01-01T00:00:00Z.
    public static let epoch = Timestamp(microsecondsSinceEpoch: 0)
    /// The earliest representable point.
    public static let distantPast = Timestamp(microsecondsSinceEpoch: .min)
    /// The latest representable point.
    public static let distantFuture = Timestamp(microsecondsSinceEpoch: .max)

    /// The point `duration` later (earlier when negative), clamped to the representable range.
    ///
    /// Fractions of a microsecond are cut off towards zero.
    public func advanced(by duration: Duration) -> Timestamp {
        let (sum, overflow) = microsecondsSinceEpoch.addingReportingOverflow(duration.wholeMicroseconds)
        guard overflow else { return Timestamp(microsecondsSinceEpoch: sum) }
        return duration < .zero ? .distantPast : .distantFuture
    }

    /// The time from this point to `other`, negative when `other` is earlier.
    public func duration(to other: Timestamp) -> Duration {
        let microseconds = Int128(other.microsecondsSinceEpoch) - Int128(microsecondsSinceEpoch)
        let (seconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return Duration(
            secondsComponent: Int64(seconds),
            attosecondsComponent: Int64(rest) * 1_000_000_000_000
        )
    }
}

extension Timestamp: Comparable {
    /// Whether the left time is earlier.
    @inlinable
    public static func < (lhs: Timestamp, rhs: Timestamp) -> Bool {
        lhs.microsecondsSinceEpoch < rhs.microsecondsSinceEpoch
    }
}

extension Duration {
    /// The whole microseconds of this duration, cut off towards zero and clamped to what an `Int64` holds.
    package var wholeMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        let exact = Int128(seconds) * 1_000_000 + Int128(attoseconds / 1_000_000_000_000)
        return Int64(clamping: exact)
    }
}
