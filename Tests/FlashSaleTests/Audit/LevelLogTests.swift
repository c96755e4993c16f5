import Testing

@testable import FlashSaleKit

struct LevelLogTests {
    /// Five units come in, are taken one by one in calls that overlap, and one is given back.
    private func log() -> LevelLog {
        var log = LevelLog(0)
        log.append(2, during: 0...0)
        log.append(1, during: 1...4)
        log.append(0, during: 2...6)
        log.append(1, during: 9...10)
        log.seal()
        return log
    }

    @Test(arguments: [
        (Int64(2), 1...1, true), (2, 1...3, true), (2, 5...8, false), (1, 1...1, true), (1, 0...0, false),
        (0, 2...2, true), (0, 1...1, false), (0, 3...8, true), (0, 7...8, true), (0, 10...12, true),
        (0, 11...12, false),
        (1, 7...8, false), (1, 11...12, true), (7, 0...12, false),
    ])
    func aValueCanBeSeenOnlyWhileItCanHaveLasted(value: Int64, moments: ClosedRange<Int>, expected: Bool) {
        #expect(log().couldShow(value, during: moments) == expected)
    }

    @Test func aMovementThatMustHaveBeenEarlierBoundsWhatCameBeforeIt() {
        var log = LevelLog(3)
        log.append(2, during: 1...100)
        log.append(1, during: 2...5)
        log.seal()
        // The second one ended at 5, so the first had happened by then.
        #expect(!log.couldShow(3, during: 6...90))
        #expect(log.couldShow(3, during: 5...90))
    }
}
