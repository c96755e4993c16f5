import MarketplaceStorage
import Synchronization

/// Tasks that wait for the feed to move past a position.
final class ChangeWaiters: Sendable {
    private struct State {
        var nextID: UInt64 = 0
        var waiting: [UInt64: (position: FeedPosition, continuation: CheckedContinuation<Void, Never>)] = [:]
    }

    private let state = Mutex(State())

    /// How many tasks are waiting; for tests, which assert that none is left behind.
    var count: Int { state.withLock { $0.waiting.count } }

    /// Resumes everyone who waits for something after a position before `head`.
    func wake(upTo head: FeedPosition) {
        let woken = state.withLock { state in
            guard !state.waiting.isEmpty else { return [CheckedContinuation<Void, Never>]() }
            let ids = state.waiting.filter { $0.value.position < head }.keys
            return ids.compactMap { state.waiting.removeValue(forKey: $0)?.continuation }
        }
        for continuation in woken { continuation.resume() }
    }

    /// Waits until the feed has moved past `position`, or the task is cancelled.
    ///
    /// `head` is asked once more after the wait was entered: a commit in between would otherwise go unnoticed.
    func wait(after position: FeedPosition, head: @Sendable () -> FeedPosition) async {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                state.withLock { $0.waiting[id] = (position, continuation) }
                if Task.isCancelled || head() > position { resume(id) }
            }
        } onCancel: {
            resume(id)
        }
    }

    private func resume(_ id: UInt64) {
        state.withLock { $0.waiting.removeValue(forKey: id)?.continuation }?.resume()
    }
}
