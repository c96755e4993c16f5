import Marketplace
import MarketplaceTestKit
import Testing

struct JobsGuide {
    @Test func everyServerSchedulesAndOneRuns() async throws {
        let store = InMemoryStore()
        let manual = ManualClock()
        let clock = manual.wall
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        // guide: Jobs
        let settlement = try ScheduledJob("settlement", .daily(at: .hours(3), utcOffset: .hours(9))) { run in
            print("settle the day before \(run.due)")
        }
        let scheduler = JobScheduler([settlement], store: store, identifiers: identifiers, wallClock: clock)

        let count = try await scheduler.runDue()  // once; `run()` goes on until it is drained
        // end of guide
        #expect(count == 0)
        manual.advance(by: .days(1))
        #expect(try await scheduler.runDue() == 1)

        // guide: Schedules
        let schedules: [JobSchedule] = [
            .every(.minutes(5)),  // 12:00, 12:05, 12:10 UTC, …
            .every(.hours(1), offsetBy: .minutes(15)),  // 12:15, 13:15, …
            .daily(at: .hours(3) + .minutes(30)),  // 03:30 UTC
            .weekly(on: .monday, at: .hours(9), utcOffset: .hours(9)),  // Monday, 09:00 in Seoul
        ]
        // end of guide
        #expect(Set(schedules).count == 4)
    }

    @Test func aRunCanBeToldFromARepetition() async throws {
        let store = InMemoryStore()
        let manual = ManualClock()
        let clock = manual.wall
        let identifiers = TimeOrderedIdentifiers(clock: clock)
        // guide: Crashes
        let billing = try ScheduledJob(
            "billing",
            .every(.hours(1)),
            atMost: .minutes(2),  // a run that gave no sign of life for so long has crashed
            atLeast: .minutes(1),  // no two starts are closer together
            missedRuns: .catchUp(limit: 24)
        ) { run in
            var transaction = Transaction(
                id: TransactionID(derivedFrom: run.idempotencyKey.text),  // the same in every attempt
                time: run.due
            )
            transaction.add(1, to: "bills")
            _ = try await store.commit(transaction)  // a second attempt finds it done
        }
        // end of guide
        let scheduler = JobScheduler([billing], store: store, identifiers: identifiers, wallClock: clock)
        try await scheduler.runDue()
        manual.advance(by: .hours(1))
        #expect(try await scheduler.runDue() == 1)
        #expect(try await store.counter("bills") == 1)

        // guide: History
        for run in try await JobHistory(store: store).latest(of: "billing", limit: 10) {
            print(run.due, run.attempt, run.end.map { "\($0.outcome) at \($0.at)" } ?? "under way")
        }
        // end of guide
        #expect(try await JobHistory(store: store).latest(of: "billing").count == 1)
    }
}
