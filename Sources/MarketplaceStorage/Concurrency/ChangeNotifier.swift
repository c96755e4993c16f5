import Synchronization

/// Wakes everyone who waits for the next change of something, without lost wake-ups.
///
/// A waiter reads ``version`` **before** it looks at the state; when that state does not suit it, it waits for a
/// change since that version. Whoever changes the state calls ``notify()`` afterwards.
package final class ChangeNotifier: Sendable {
    private struct State {
        var version: UInt64 = 0
        var nextWaiter: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// How many changes there have been.
    package var version: UInt64 { state.withLock { $0.version } }

    /// How many tasks are waiting; for tests, which assert that no waiter is left behind.
    package var waiterCount: Int { state.withLock { $0.waiters.count } }

    /// Wakes all who wait.
    package func notify() {
        let woken = state.withLock { state in
            state.version &+= 1
            guard !state.waiters.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            defer { state.waiters.removeAll() }
            return Array(state.waiters.values)
        }
        for waiter in woken { waiter.resume() }
    }

    /// Returns once there has been a change since `version`, at once when the task is cancelled.
    package func wait(since version: UInt64) async {
        let id = state.withLock { state in
            state.nextWaiter &+= 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    // A cancellation that came before this line found no waiter to wake.
                    guard state.version == version, !Task.isCancelled else { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }

    /// Returns once there has been a change since `version` or the deadline has come, at once when cancelled.
    package func wait(since version: UInt64, until deadline: Duration, on timeline: MonotonicTimeline) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.wait(since: version) }
            group.addTask { await timeline.sleep(until: deadline) }
            await group.next()
            group.cancelAll()
        }
    }
}
