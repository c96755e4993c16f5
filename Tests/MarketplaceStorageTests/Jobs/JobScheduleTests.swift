import MarketplaceCore
import MarketplaceStorage
import TestSupport
import Testing

struct JobScheduleTests {
    private func dueTimes(_ schedule: JobSchedule, after start: String, count: Int = 3) throws -> [String] {
        let job = try ScheduledJob("job", schedule) { _ in }
        var time = try Timestamp(parsing: start)
        return try (0..<count).map { _ in
            time = try #require(job.firstDue(after: time))
            return "\(time)"
        }
    }

    @Test func dueTimesFollowFromTheCalendarAlone() throws {
        #expect(
            try dueTimes(.every(.minutes(5)), after: "2026-11-20T08:58:01Z")
                == ["2026-11-20T09:00:00Z", "2026-11-20T09:05:00Z", "2026-11-20T09:10:00Z"]
        )
        #expect(
            try dueTimes(.every(.hours(1), offsetBy: .minutes(15)), after: "2026-11-20T09:15:00Z", count: 1)
                == ["2026-11-20T10:15:00Z"]
        )
        // Three at night in Seoul is six in the evening of the day before in Greenwich.
        #expect(
            try dueTimes(.daily(at: .hours(3), utcOffset: .hours(9)), after: "2026-02-28T00:00:00Z")
                == ["2026-02-28T18:00:00Z", "2026-03-01T18:00:00Z", "2026-03-02T18:00:00Z"]
        )
        #expect(
            try dueTimes(.daily(at: .hours(23), utcOffset: .hours(-5)), after: "2026-11-20T00:00:00Z", count: 1)
                == ["2026-11-20T04:00:00Z"]
        )
        // 2026-11-20 is a Friday.
        #expect(
            try dueTimes(.weekly(on: .monday, at: .hours(9)), after: "2026-11-20T09:00:00Z", count: 2)
                == ["2026-11-23T09:00:00Z", "2026-11-30T09:00:00Z"]
        )
        #expect(
            try dueTimes(.weekly(on: .friday, at: .hours(9)), after: "2026-11-20T08:59:59Z", count: 1)
                == ["2026-11-20T09:00:00Z"]
        )
        #expect(try dueTimes(.daily(at: .zero), after: "1969-12-30T12:00:00Z", count: 1) == ["1969-12-31T00:00:00Z"])
    }

    @Test func theFirstDueTimeAfterATimeIsTheNextOneOnTheGrid() {
        PropertyRun.check(1_000) { run throws in
            let period = Int64(1_000 + run.natural(through: 10_000_000_000))
            let phase = Int64(run.natural(through: 1_000_000_000)) - 500_000_000
            let job = try ScheduledJob("job", .every(.microseconds(period), offsetBy: .microseconds(phase))) { _ in }
            let time = Timestamp(microsecondsSinceEpoch: run.integer() >> 2)
            let due = try #require(job.firstDue(after: time))
            #expect(due > time && time.duration(to: due) <= .microseconds(period), run.replay)
            #expect((due.microsecondsSinceEpoch - phase).isMultiple(of: period), run.replay)
        }
    }

    @Test func theEndOfTimeHasNoDueTime() throws {
        let job = try ScheduledJob("job", .daily(at: .zero)) { _ in }
        #expect(job.firstDue(after: .distantFuture) == nil)
        #expect(job.firstDue(after: .distantPast) != nil)
    }

    @Test func aJobThatCannotBeRunIsRefused() throws {
        let minute = JobSchedule.every(.minutes(1))
        let long = try JobName(validating: String(repeating: "a", count: ScheduledJob.nameBytes + 1))
        let many = MissedRunPolicy.catchUp(limit: ScheduledJob.catchUpLimit + 1)
        let refused: [() throws -> ScheduledJob] = [
            { try ScheduledJob(long, minute) { _ in } },
            { try ScheduledJob("a", .every(.zero)) { _ in } },
            { try ScheduledJob("a", .every(.seconds(-1))) { _ in } },
            { try ScheduledJob("a", .every(.days(.max))) { _ in } },
            { try ScheduledJob("a", .daily(at: .days(.max))) { _ in } },
            { try ScheduledJob("a", minute, atMost: .zero) { _ in } },
            { try ScheduledJob("a", minute, atMost: .days(2)) { _ in } },
            { try ScheduledJob("a", minute, atLeast: .seconds(-1)) { _ in } },
            { try ScheduledJob("a", minute, atMost: .minutes(1), atLeast: .minutes(2)) { _ in } },
            { try ScheduledJob("a", minute, grace: .seconds(-1)) { _ in } },
            { try ScheduledJob("a", minute, timeLimit: .zero) { _ in } },
            { try ScheduledJob("a", minute, attempts: 0) { _ in } },
            { try ScheduledJob("a", minute, historyLimit: 0) { _ in } },
            { try ScheduledJob("a", minute, missedRuns: .catchUp(limit: 0)) { _ in } },
            { try ScheduledJob("a", minute, missedRuns: many) { _ in } },
        ]
        for (number, make) in refused.enumerated() {
            let error = #expect(throws: JobError.self, "\(number)") { _ = try make() }
            #expect(error?.code == .invalid && error?.isRetriable == false, "\(number)")
        }
    }
}
