import MarketplaceCore

/// A day of the week, as ISO 8601 numbers them.
public enum Weekday: Int, Sendable, Hashable, CaseIterable {
    /// Monday, 1.
    case monday = 1
    /// Tuesday, 2.
    case tuesday
    /// Wednesday, 3.
    case wednesday
    /// Thursday, 4.
    case thursday
    /// Friday, 5.
    case friday
    /// Saturday, 6.
    case saturday
    /// Sunday, 7.
    case sunday
}

/// A time of day, to the minute.
public struct TimeOfDay: Sendable, Hashable, Comparable {
    /// The minutes of a day.
    static let minutesPerDay = 1440

    /// The minute of the day, 0...1440; 1440 is the end of the day.
    public let minute: Int

    /// A time of day; nil unless the hour is 0...24, the minute 0...59, and 24:00 the latest.
    public init?(hour: Int, minute: Int = 0) {
        guard (0...24).contains(hour), (0..<60).contains(minute), hour * 60 + minute <= Self.minutesPerDay else {
            return nil
        }
        self.minute = hour * 60 + minute
    }

    /// Whether the left one is earlier.
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool { left.minute < right.minute }
}

/// How far local time is ahead of UTC.
///
/// A fixed offset and no time zone: rules know no summer time, which the standard library has no table of.
public struct UTCOffset: Sendable, Hashable {
    /// The farthest local times are from UTC, in minutes: that of ISO 8601's `±hh:mm` as it is in use.
    public static let maximumMinutes = 18 * 60

    /// Minutes ahead of UTC; negative behind it.
    public let minutes: Int

    /// An offset; nil beyond 18 hours.
    public init?(minutes: Int) {
        guard minutes.magnitude <= Self.maximumMinutes else { return nil }
        self.minutes = minutes
    }

    /// UTC itself.
    public static let utc = UTCOffset(unchecked: 0)

    private init(unchecked minutes: Int) {
        self.minutes = minutes
    }

    /// The day of the week and the minute of the day at a moment.
    func local(_ time: Timestamp) -> (weekday: Weekday, minute: Int) {
        let shifted = Int128(time.microsecondsSinceEpoch) + Int128(minutes) * 60_000_000
        var (minuteCount, rest) = shifted.quotientAndRemainder(dividingBy: 60_000_000)
        if rest < 0 { minuteCount -= 1 }
        let perDay = Int128(TimeOfDay.minutesPerDay)
        (minuteCount, rest) = minuteCount.quotientAndRemainder(dividingBy: perDay)
        if rest < 0 { (minuteCount, rest) = (minuteCount - 1, rest + perDay) }
        // 1970-01-01 was a Thursday, the fourth day.
        let day = (minuteCount % 7 + 7 + 3) % 7
        return (Weekday(rawValue: Int(day) + 1) ?? .monday, Int(rest))
    }
}
