import MarketplaceCore
import TestSupport
import Testing

struct TimestampTests {
    @Test func advancingStaysWithinTheRepresentableRange() {
        #expect(Timestamp.epoch.advanced(by: .milliseconds(-5)).microsecondsSinceEpoch == -5000)
        #expect(Timestamp.distantFuture.advanced(by: .microseconds(1)) == .distantFuture)
        #expect(Timestamp.distantPast.advanced(by: .microseconds(-1)) == .distantPast)
        #expect(Timestamp.epoch.advanced(by: .seconds(Int64.max)) == .distantFuture)
        #expect(Timestamp.epoch.advanced(by: .seconds(Int64.min)) == .distantPast)
    }

    @Test func theDurationBetweenTwoTimesLeadsFromOneToTheOther() {
        #expect(Timestamp.distantPast.duration(to: .distantFuture) > .zero)
        PropertyRun.check { run throws in
            let first = Timestamp(microsecondsSinceEpoch: run.integer() >> 1)
            let second = Timestamp(microsecondsSinceEpoch: run.integer() >> 1)
            #expect(first.advanced(by: first.duration(to: second)) == second, run.replay)
            #expect((first < second) == (first.duration(to: second) > .zero), run.replay)
        }
    }
}
