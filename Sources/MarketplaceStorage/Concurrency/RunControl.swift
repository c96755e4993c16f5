import Synchronization

/// The life of a part that runs once: started at most once, asked to drain, ended.
package final class RunControl: Sendable {
    private struct State {
        var hasStarted = false
        var isDraining = false
        var hasEnded = false
    }

    private let name: String
    private let state = Mutex(State())
    private let changes = ChangeNotifier()

    package init(_ name: String) {
        self.name = name
    }

    /// Whether the part was asked to come to its end.
    package var isDraining: Bool { state.withLock { $0.isDraining } }

    /// Whether the part should stop before its next piece of work.
    package var shouldStop: Bool { isDraining || Task.isCancelled }

    /// Performs `body` as the one run of the part.
    ///
    /// A second run is a mistake of the caller.
    package func once<Failure: Error>(_ body: () async throws(Failure) -> Void) async throws(Failure) {
        let isFirst = state.withLock { state in
            defer { state.hasStarted = true }
            return !state.hasStarted
        }
        precondition(isFirst, "\(name) is run a second time")
        defer {
            state.withLock { $0.hasEnded = true }
            changes.notify()
        }
        try await body()
    }

    /// Asks the part to finish what it has in hand, and waits until it has ended.
    ///
    /// Returns at once when it was never started (then a later run ends at once) or when the caller is cancelled.
    package func drain() async {
        let isRunning = state.withLock { state in
            state.isDraining = true
            return state.hasStarted && !state.hasEnded
        }
        changes.notify()
        guard isRunning else { return }
        while !Task.isCancelled {
            let version = changes.version
            if state.withLock({ $0.hasEnded }) { return }
            await changes.wait(since: version)
        }
    }

    /// Performs `wait`, cut short when the part is asked to drain or is cancelled.
    package func idle(_ wait: @escaping @Sendable () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await wait() }
            group.addTask { await self.drainRequested() }
            await group.next()
            group.cancelAll()
        }
    }

    private func drainRequested() async {
        while !Task.isCancelled {
            let version = changes.version
            if isDraining { return }
            await changes.wait(since: version)
        }
    }
}
