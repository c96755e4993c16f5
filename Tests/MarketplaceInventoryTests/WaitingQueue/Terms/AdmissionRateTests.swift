import MarketplaceCore
import TestSupport
import Testing

@testable import MarketplaceInventory

struct AdmissionRateTests {
    @Test func aThirdOfASecondIsNeitherLostNorGained() {
        let rate = AdmissionRate.perSecond(3)
        let start = Timestamp.second(0)
        #expect(rate.places(since: start, at: .second(0)) == 0)
        let before = start.advanced(by: .microseconds(333_333))
        #expect(rate.places(since: start, at: before) == 0)
        #expect(rate.places(since: start, at: before.advanced(by: .microseconds(1))) == 1)
        #expect(rate.places(since: start, at: .second(1_000_000)) == 3_000_000)
    }

    @Test func nothingComesBeforeTheStart() {
        #expect(AdmissionRate.perMinute(60).places(since: .second(10), at: .second(9)) == 0)
        #expect(AdmissionRate.perSecond(1).places(since: .distantFuture, at: .distantPast) == 0)
    }

    @Test func theTimeOfAPlaceIsTheFirstAtWhichItIsThere() {
        PropertyRun.check { run in
            let rate = AdmissionRate(
                1 + Int64(run.natural(through: 1_000)),
                per: .microseconds(1 + run.natural(through: 90_000_000))
            )
            let start = Timestamp.second(Int64(run.natural(through: 1_000)))
            let place = Int64(1 + run.natural(through: 1_000_000))
            let time = rate.time(ofPlace: place, since: start)
            #expect(rate.places(since: start, at: time) >= place, run.replay)
            let before = time.advanced(by: .microseconds(-1))
            #expect(rate.places(since: start, at: before) < place, run.replay)
        }
    }

    @Test func nothingTrapsAtTheEnds() {
        let fast = AdmissionRate(WaitingQueueLimits.tickets, per: .microseconds(1))
        #expect(fast.places(since: .distantPast, at: .distantFuture) == WaitingQueueLimits.numbers)
        let slow = AdmissionRate(1, per: WaitingQueueLimits.longestDuration)
        #expect(slow.time(ofPlace: .max, since: .second(0)) == .distantFuture)
        #expect(slow.time(ofPlace: -5, since: .second(3)) == .second(3))
    }
}
