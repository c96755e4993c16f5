import MarketplaceCore

/// How fast a waiting queue calls its members: so many per period, as an exact ratio.
public struct AdmissionRate: Hashable, Sendable, Codable {
    /// How many members are called in each period, at least one.
    public let count: Int64
    /// The period, at least a microsecond; what is finer is cut off.
    public let period: Duration

    /// So many members per period.
    ///
    /// What cannot be is told by ``WaitingQueue/create(_:at:)``.
    public init(_ count: Int64, per period: Duration) {
        self.count = count
        self.period = period
    }

    /// So many members each second.
    public static func perSecond(_ count: Int64) -> AdmissionRate { AdmissionRate(count, per: .seconds(1)) }

    /// So many members each minute.
    public static func perMinute(_ count: Int64) -> AdmissionRate { AdmissionRate(count, per: .minutes(1)) }

    /// How many whole places have come since `start`; none before it.
    ///
    /// `⌊elapsed × count ∕ period⌋` in 128 bits, so nothing is lost however long it goes on.
    func places(since start: Timestamp, at time: Timestamp) -> Int64 {
        guard time > start else { return 0 }
        let elapsed = Int128(time.microsecondsSinceEpoch) - Int128(start.microsecondsSinceEpoch)
        let places = elapsed * Int128(count) / Int128(period.wholeMicroseconds)
        return Int64(clamping: min(places, Int128(WaitingQueueLimits.numbers)))
    }

    /// When the place of that number (from 1) comes: the first time at which ``places(since:at:)`` reaches it.
    func time(ofPlace place: Int64, since start: Timestamp) -> Timestamp {
        guard place > 0 else { return start }
        let needed = Int128(place) * Int128(period.wholeMicroseconds)
        let elapsed = (needed + Int128(count) - 1) / Int128(count)
        return start.advanced(by: .microseconds(Int64(clamping: elapsed)))
    }
}
