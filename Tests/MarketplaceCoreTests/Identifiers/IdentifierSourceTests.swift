import MarketplaceCore
import Synchronization
import TestSupport
import Testing

struct IdentifierSourceTests {
    private enum Subject {}

    private final class SetClock: WallClock {
        private let time: Mutex<Timestamp>

        init(_ time: Timestamp) {
            self.time = Mutex(time)
        }

        var now: Timestamp {
            get { time.withLock { $0 } }
            set { time.withLock { $0 = newValue } }
        }
    }

    private let start = Timestamp(microsecondsSinceEpoch: 1_700_000_000_123_456)

    @Test func identifiersCarryTheTimeOfTheClock() {
        let clock = SetClock(start)
        let source = TimeOrderedIdentifiers(clock: clock, random: SeededRandomSource(seed: 1))
        let id = source.next(Subject.self)
        #expect(id.time == Timestamp(microsecondsSinceEpoch: 1_700_000_000_123_000))
        clock.now = start.advanced(by: .seconds(1))
        #expect(source.next(Subject.self).time == Timestamp(microsecondsSinceEpoch: 1_700_000_001_123_000))
    }

    @Test func theFractionOfTheMillisecondOrdersTwoSources() {
        let earlier = TimeOrderedIdentifiers(clock: SetClock(start))
        let later = TimeOrderedIdentifiers(clock: SetClock(start.advanced(by: .microseconds(1))))
        #expect(earlier.nextBits() < later.nextBits())
    }

    @Test func identifiersIncreaseWhileTheClockStandsStill() {
        expectIncrease(of: TimeOrderedIdentifiers(clock: SetClock(start)), count: 20_000)
    }

    @Test func identifiersIncreaseWhenTheClockIsSetBack() {
        PropertyRun.check(100) { run throws in
            let clock = SetClock(start)
            let source = TimeOrderedIdentifiers(clock: clock)
            var last = source.nextBits()
            for _ in 0..<100 {
                clock.now = start.advanced(by: .microseconds(run.natural(through: 2_000_000) - 1_000_000))
                let next = source.nextBits()
                #expect(next > last, run.replay)
                last = next
            }
        }
    }

    @Test func anyTimeOfTheClockGivesAnIdentifierOfVersionSeven() {
        PropertyRun.check { run throws in
            let source = TimeOrderedIdentifiers(clock: SetClock(Timestamp(microsecondsSinceEpoch: run.integer())))
            for _ in 0..<3 { #expect(source.next(Subject.self).time != nil, run.replay) }
        }
    }

    @Test func atTheEndOfTimeIdentifiersStillDiffer() {
        let source = TimeOrderedIdentifiers(clock: SetClock(.distantFuture))
        #expect(Set((0..<1000).map { _ in source.nextBits() }).count == 1000)
    }

    @Test func manyTasksGetDifferentIdentifiersEachInOrder() async {
        let source = TimeOrderedIdentifiers(clock: SetClock(start))
        let lists = await withTaskGroup(of: [UInt128].self) { group in
            for _ in 0..<4 {
                group.addTask { (0..<2000).map { _ in source.nextBits() } }
            }
            var lists: [[UInt128]] = []
            for await list in group { lists.append(list) }
            return lists
        }
        for list in lists { #expect(zip(list, list.dropFirst()).allSatisfy { $0 < $1 }) }
        // The order alone, the first 64 bits, is given out once.
        #expect(Set(lists.joined().map { $0 >> 64 }).count == 8000)
    }

    @Test func oneSeedGivesTheSameIdentifiers() {
        let first = SeededIdentifiers(seed: 5)
        let second = SeededIdentifiers(seed: 5)
        let other = SeededIdentifiers(seed: 6)
        for _ in 0..<100 {
            let bits = first.nextBits()
            #expect(bits == second.nextBits())
            #expect(bits != other.nextBits())
        }
    }

    @Test func theFirstSeededIdentifierIsTheSameOnEveryMachine() {
        #expect(SeededIdentifiers(seed: 0).next(Subject.self).description == "00000000-0000-7000-a220-a8397b1dcdaf")
    }

    @Test func seededIdentifiersIncreaseFromTheirStart() {
        let source = SeededIdentifiers(seed: 5, startingAt: start)
        #expect(source.next(Subject.self).time == Timestamp(microsecondsSinceEpoch: 1_700_000_000_123_000))
        expectIncrease(of: source, count: 20_000)
    }

    private func expectIncrease(of source: some IdentifierSource, count: Int) {
        var last: UInt128 = 0
        for _ in 0..<count {
            let next = source.next(Subject.self)
            #expect(next.bits > last && next.time != nil)
            last = next.bits
        }
    }
}
