import MarketplaceCore

/// When a job is due: at the same times on every server, without any of them telling the others.
///
/// A schedule reads as a value, `.every(.minutes(5))` or `.daily(at: .hours(3))`. Its due times follow from the
/// calendar alone, not from when a server was started: `.every(.minutes(5))` is due at 12:00, 12:05, 12:10 UTC. An
/// offset from UTC is a fixed one; daylight saving time is not known here.
public struct JobSchedule: Hashable, Sendable {
    /// The time between two due times.
    public let period: Duration
    /// How much later than a multiple of ``period``, counted from 1970-01-01T00:00:00Z, the due times are.
    public let phase: Duration

    private static let day = Duration.days(1)

    /// Due times that are `period` apart, beginning from midnight UTC for every period that divides a day.
    ///
    /// - Parameters:
    ///   - period: The time between two due times.
    ///   - phase: How much later than a multiple of `period` since 1970-01-01T00:00:00Z the due times are.
    /// - Returns: The schedule.
    public static func every(_ period: Duration, offsetBy phase: Duration = .zero) -> JobSchedule {
        JobSchedule(period: period, phase: phase)
    }

    /// Due once a day, so long after midnight.
    ///
    /// - Parameters:
    ///   - timeOfDay: The time since midnight: `.hours(3)`, `.hours(3) + .minutes(30)`.
    ///   - utcOffset: By how much the local time is ahead of UTC: `.hours(9)` in Seoul, `.hours(-5)` in Bogotá.
    /// - Returns: The schedule.
    public static func daily(at timeOfDay: Duration, utcOffset: Duration = .zero) -> JobSchedule {
        JobSchedule(period: day, phase: bounded(timeOfDay) - bounded(utcOffset))
    }

    /// Due once a week on that day, so long after midnight.
    ///
    /// - Parameters:
    ///   - day: The day of the week, in local time.
    ///   - timeOfDay: The time since midnight.
    ///   - utcOffset: By how much the local time is ahead of UTC.
    /// - Returns: The schedule.
    public static func weekly(on day: Weekday, at timeOfDay: Duration, utcOffset: Duration = .zero) -> JobSchedule {
        JobSchedule(
            period: Self.day * 7,
            phase: Self.day * day.daysAfterEpoch + bounded(timeOfDay) - bounded(utcOffset)
        )
    }

    /// Keeps a figure that a job is refused for anyway from overflowing a sum before that.
    private static func bounded(_ duration: Duration) -> Duration {
        let bound = ScheduledJob.longestDuration * 4
        return min(max(duration, .zero - bound), bound)
    }

    /// A day of the week.
    public enum Weekday: String, Hashable, Sendable, CaseIterable, Codable {
        /// Monday.
        case monday
        /// Tuesday.
        case tuesday
        /// Wednesday.
        case wednesday
        /// Thursday.
        case thursday
        /// Friday.
        case friday
        /// Saturday.
        case saturday
        /// Sunday.
        case sunday

        /// How many days after 1970-01-01, a Thursday, the first such day is.
        var daysAfterEpoch: Int {
            switch self {
            case .thursday: 0
            case .friday: 1
            case .saturday: 2
            case .sunday: 3
            case .monday: 4
            case .tuesday: 5
            case .wednesday: 6
            }
        }
    }
}
