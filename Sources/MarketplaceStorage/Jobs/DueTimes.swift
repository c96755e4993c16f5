import MarketplaceCore

/// The due times of a schedule, as arithmetic on whole microseconds: how many there are costs nothing.
struct DueTimes: Hashable, Sendable {
    private let period: Int128
    private let phase: Int128

    /// The due times of a schedule whose period was checked to be at least a microsecond.
    init(_ schedule: JobSchedule) {
        period = Int128(max(schedule.period.wholeMicroseconds, 1))
        phase = Int128(schedule.phase.wholeMicroseconds)
    }

    /// The last due time at or before `time`; nil when a timestamp cannot express it.
    func last(atOrBefore time: Timestamp) -> Timestamp? {
        timestamp(of: number(atOrBefore: time))
    }

    /// The first due time after `time`; nil when a timestamp cannot express it.
    func first(after time: Timestamp) -> Timestamp? {
        timestamp(of: number(atOrBefore: time) + 1)
    }

    /// How many due times lie after `start` and at or before `end`.
    func count(after start: Timestamp, through end: Timestamp) -> Int {
        Int(clamping: max(number(atOrBefore: end) - number(atOrBefore: start), 0))
    }

    /// The due time that is `steps` before `due`, which is one itself.
    func earlier(than due: Timestamp, by steps: Int) -> Timestamp? {
        timestamp(of: number(atOrBefore: due) - Int128(steps))
    }

    /// The number of the last due time at or before `time`, rounded down also before 1970.
    private func number(atOrBefore time: Timestamp) -> Int128 {
        let (quotient, remainder) = (Int128(time.microsecondsSinceEpoch) - phase)
            .quotientAndRemainder(dividingBy: period)
        return remainder < 0 ? quotient - 1 : quotient
    }

    private func timestamp(of number: Int128) -> Timestamp? {
        Int64(exactly: number * period + phase).map(Timestamp.init(microsecondsSinceEpoch:))
    }
}
