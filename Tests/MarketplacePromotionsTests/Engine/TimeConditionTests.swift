import MarketplaceCore
import MarketplacePromotions
import Testing

/// When a promotion runs: periods, days of the week and times of day, in local time.
struct TimeConditionTests {
    private func time(_ text: String) throws -> Timestamp { try Timestamp(parsing: text) }

    private func refusal(_ promotion: Promotion, at time: Timestamp) throws -> PromotionRefusal? {
        let basket = Basket(.usd, lines: [BasketLine("line", .usd(1_000))])
        return try basket.priced(with: [promotion], at: time).outcome(of: "it")?.refusal
    }

    private func refusal(_ condition: PromotionCondition, at time: Timestamp) throws -> PromotionRefusal? {
        try refusal(Promotion("it", .percentOff(.percent(10)), when: condition), at: time)
    }

    private func hour(_ hour: Int, _ minute: Int = 0) throws -> TimeOfDay {
        try #require(TimeOfDay(hour: hour, minute: minute))
    }

    private func offset(hours: Int) throws -> UTCOffset { try #require(UTCOffset(minutes: hours * 60)) }

    @Test func aPeriodBeginsWithItsFirstMomentAndIsOverAtItsEnd() throws {
        let from = try time("2026-03-31T15:00:00Z")
        let until = try time("2026-04-01T15:00:00Z")
        let period = PromotionPeriod(from: from, until: until)
        let promotion = Promotion("it", .percentOff(.percent(10)), period: period)
        let moment = Duration.microseconds(1)
        #expect(try refusal(promotion, at: from.advanced(by: .zero - moment)) == .notStarted(from))
        #expect(try refusal(promotion, at: from) == nil)
        #expect(try refusal(promotion, at: until.advanced(by: .zero - moment)) == nil)
        #expect(try refusal(promotion, at: until) == .ended(until))
        #expect(try refusal(.period(period), at: from) == nil)
        #expect(try refusal(.period(period), at: until) == .outsidePeriod(period))
    }

    @Test(arguments: [
        // 1970-01-01 was a Thursday; the 2nd of March 2026 is a Monday.
        ("1970-01-01T00:00:00Z", 0, Weekday.thursday), ("1969-12-31T23:59:59Z", 0, .wednesday),
        ("2026-03-01T23:59:59Z", 0, .sunday), ("2026-03-02T00:00:00Z", 0, .monday),
        ("2026-03-01T15:00:00Z", 9, .monday), ("2026-03-01T14:59:59Z", 9, .sunday),
        ("2026-03-02T04:59:59Z", -5, .sunday), ("2026-03-02T05:00:00Z", -5, .monday),
        ("1969-12-28T14:59:59Z", 9, .sunday), ("1969-12-28T15:00:00Z", 9, .monday),
    ])
    func theDayOfTheWeekIsThatOfTheLocalTime(_ text: String, _ hours: Int, _ weekday: Weekday) throws {
        let offset = try offset(hours: hours)
        #expect(try refusal(.weekdays([weekday], offset), at: time(text)) == nil)
        let others = Weekday.allCases.filter { $0 != weekday }
        #expect(try refusal(.weekdays(others, offset), at: time(text)) == .weekday(found: weekday, wanted: others))
    }

    @Test(arguments: [
        ("08:59:59", 9, 18, false), ("09:00:00", 9, 18, true), ("17:59:59", 9, 18, true), ("18:00:00", 9, 18, false),
        // Over midnight.
        ("21:59:59", 22, 2, false), ("22:00:00", 22, 2, true), ("00:00:00", 22, 2, true), ("01:59:59", 22, 2, true),
        ("02:00:00", 22, 2, false),
        // The ends of the day, from both sides.
        ("23:59:59", 22, 24, true), ("00:00:00", 22, 24, false), ("23:59:59", 22, 0, true), ("00:00:00", 22, 0, false),
        ("00:00:00", 24, 6, true), ("06:00:00", 24, 6, false), ("23:59:59", 24, 6, false),
        // A day from one time to the same is the whole day.
        ("00:00:00", 0, 24, true), ("23:59:59", 0, 24, true), ("12:00:00", 7, 7, true), ("06:59:59", 7, 7, true),
    ])
    func theEndOfHoursIsNoPartOfThem(_ clock: String, _ from: Int, _ until: Int, _ holds: Bool) throws {
        let condition = PromotionCondition.hours(from: try hour(from), until: try hour(until), .utc)
        #expect((try refusal(condition, at: time("2026-03-02T\(clock)Z")) == nil) == holds)
        // Nine hours ahead, the same local time was nine hours earlier.
        let ahead = PromotionCondition.hours(from: try hour(from), until: try hour(until), try offset(hours: 9))
        let earlier = try time("2026-03-02T\(clock)Z").advanced(by: .seconds(-9 * 3_600))
        #expect((try refusal(ahead, at: earlier) == nil) == holds)
    }

    @Test(arguments: [Timestamp.distantPast, .distantFuture]) func theEndsOfTimeHaveADayAndAMinute(_ time: Timestamp)
        throws
    {
        for minutes in [-UTCOffset.maximumMinutes, UTCOffset.maximumMinutes] {
            let offset = try #require(UTCOffset(minutes: minutes))
            #expect(try refusal(.weekdays(Weekday.allCases, offset), at: time) == nil)
            let midnight = try hour(0)
            #expect(try refusal(.hours(from: midnight, until: midnight, offset), at: time) == nil)
        }
    }

    @Test func timesOfDayAndOffsetsHaveTheirBounds() {
        #expect(TimeOfDay(hour: 24)?.minute == 1_440)
        #expect(TimeOfDay(hour: 24, minute: 1) == nil)
        #expect(TimeOfDay(hour: 23, minute: 60) == nil)
        #expect(TimeOfDay(hour: -1) == nil)
        #expect(TimeOfDay(hour: .max, minute: .max) == nil)
        #expect(UTCOffset(minutes: 1_080) != nil)
        #expect(UTCOffset(minutes: 1_081) == nil)
        #expect(UTCOffset(minutes: .min) == nil)
    }
}
