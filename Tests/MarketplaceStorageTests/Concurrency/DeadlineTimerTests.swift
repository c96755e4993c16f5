import MarketplaceCore
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

@testable import MarketplaceStorage

struct DeadlineTimerTests {
    private let clock = ManualClock()

    @Test func whatIsDueIsCalledInTheOrderOfTheDeadlines() async {
        let timer = DeadlineTimer(MonotonicTimeline(clock))
        let called = Mutex<[Int]>([])
        for seconds in [30, 10, 20] {
            _ = timer.schedule(after: .seconds(seconds)) { called.withLock { $0.append(seconds) } }
        }
        await advance(until: { called.withLock { $0.count == 3 } })
        #expect(called.withLock { $0 } == [10, 20, 30])
    }

    @Test func whatWasCalledOffIsNotCalled() async {
        let timer = DeadlineTimer(MonotonicTimeline(clock))
        let called = Mutex<[Int]>([])
        let token = timer.schedule(after: .seconds(1)) { called.withLock { $0.append(1) } }
        _ = timer.schedule(after: .seconds(2)) { called.withLock { $0.append(2) } }
        timer.cancel(token)
        await advance(until: { called.withLock { !$0.isEmpty } })
        #expect(called.withLock { $0 } == [2])
    }

    @Test func anEarlierDeadlineThatComesLaterIsKept() async {
        let timer = DeadlineTimer(MonotonicTimeline(clock))
        let called = Mutex<[Int]>([])
        _ = timer.schedule(after: .seconds(100)) { called.withLock { $0.append(100) } }
        await clock.waitForSleepers()
        _ = timer.schedule(after: .seconds(1)) { called.withLock { $0.append(1) } }
        await clock.waitForSleepers(2)
        clock.advance(by: .seconds(1))
        while called.withLock({ $0.isEmpty }) { await Task.yield() }
        #expect(called.withLock { $0 } == [1])
    }

    @Test func manyThatAreCalledOffLeaveNothingBehind() async {
        let timer = DeadlineTimer(MonotonicTimeline(clock))
        let called = Mutex(0)
        for _ in 0..<100_000 {
            timer.cancel(timer.schedule(after: .seconds(30)) { called.withLock { $0 += 1 } })
        }
        _ = timer.schedule(after: .seconds(31)) { called.withLock { $0 += 1 } }
        await advance(until: { called.withLock { $0 > 0 } })
        #expect(called.withLock { $0 } == 1)
    }

    @Test func aQueueGivesItsDeadlinesInOrder() {
        PropertyRun.check(200) { run in
            var queue = DeadlineQueue()
            var model: [Duration] = []
            for number in 0..<run.natural(through: 60) {
                let deadline = Duration.seconds(run.natural(through: 20))
                queue.insert(DeadlineQueue.Entry(deadline: deadline, number: UInt64(number)))
                model.append(deadline)
            }
            let limit = Duration.seconds(run.natural(through: 20))
            queue.keep { $0.deadline <= limit }
            model = model.filter { $0 <= limit }.sorted()
            for deadline in model {
                #expect(queue.first?.deadline == deadline, run.replay)
                queue.removeFirst()
            }
            #expect(queue.count == 0, run.replay)
        }
    }

    @Test func aBodyThatIgnoresItsCancellationIsNotWaitedFor() async throws {
        let timer = DeadlineTimer(MonotonicTimeline(clock))
        let release = OneShot<Void>()
        let call = Task {
            try await withDeadline(.seconds(5), timer: timer) { await Task { await release.value() }.value }
        }
        await clock.waitForSleepers()
        clock.advance(by: .seconds(5))
        await #expect(throws: DeadlineExceeded.self) { _ = try await call.value }
        release.settle(())
    }

    @Test func aBodyThatIsFastEnoughGivesItsValue() async throws {
        let timer = DeadlineTimer(MonotonicTimeline(clock))
        #expect(try await withDeadline(.seconds(5), timer: timer) { 17 } == 17)
        await #expect(throws: Refused.self) {
            try await withDeadline(.seconds(5), timer: timer) { throw Refused("no") }
        }
    }

    private func advance(until isDone: () -> Bool) async {
        while !isDone() {
            if !clock.advanceToNextSleeper() { await Task.yield() }
        }
    }
}
