import MarketplaceCore
import MarketplaceSagas
import MarketplaceStorage
import Synchronization

/// What the steps of a test saga call: it fails by script, and holds a call where a test wants it to.
///
/// A call passes two points, `<name> begins` and `<name> ends`; its effect lies between them.
final class Desk: Sendable {
    private struct State {
        var log: [String] = []
        var attempts: [String: [Duration]] = [:]
        var keys: [String: Set<IdempotencyKey>] = [:]
        var scripts: [String: [any Error]] = [:]
        var held: [String: OneShot<Void>] = [:]
    }

    private let state = Mutex(State())
    private let changes = ChangeNotifier()
    private let clock: MonotonicTimeline

    init(_ clock: any Clock<Duration>) {
        self.clock = MonotonicTimeline(clock)
    }

    /// The effects, in order: the names of the calls that succeeded.
    var log: [String] { state.withLock { $0.log } }
    /// When each attempt at a call began.
    func attempts(_ name: String) -> [Duration] { state.withLock { $0.attempts[name] ?? [] } }
    /// The keys a call was made with.
    func keys(_ name: String) -> Set<IdempotencyKey> { state.withLock { $0.keys[name] ?? [] } }

    /// Lets the next calls of that name fail, one error each.
    func script(_ name: String, _ errors: any Error...) {
        state.withLock { $0.scripts[name, default: []] += errors }
    }

    /// Lets the next calls of that name fail with one error, many times.
    func script(_ name: String, _ error: any Error, times: Int) {
        state.withLock { $0.scripts[name, default: []] += Array(repeating: error, count: times) }
    }

    /// Holds whoever comes to a point from now on.
    func hold(_ point: String) {
        state.withLock { $0.held[point] = OneShot() }
    }

    /// Lets everybody at a point go on, now and later.
    func release(_ point: String) {
        let held = state.withLock { $0.held.removeValue(forKey: point) }
        held?.settle(())
    }

    func call(_ name: String, _ step: StepContext) async throws {
        let now = clock.now
        let error: (any Error)? = state.withLock { state in
            state.attempts[name, default: []].append(now)
            state.keys[name, default: []].insert(step.idempotencyKey)
            guard let errors = state.scripts[name], !errors.isEmpty else { return nil }
            return state.scripts[name]?.removeFirst()
        }
        changes.notify()
        await pass("\(name) begins")
        try Task.checkCancellation()
        if let error { throw error }
        state.withLock { $0.log.append(name) }
        changes.notify()
        await pass("\(name) ends")
    }

    /// Waits until a call of that name was made that many times.
    func waitForCall(_ name: String, times: Int = 1) async {
        while true {
            let version = changes.version
            if attempts(name).count >= times { return }
            await changes.wait(since: version)
        }
    }

    /// Waits until a call of that name has taken effect.
    func waitForEffect(_ name: String) async {
        while true {
            let version = changes.version
            if log.contains(name) { return }
            await changes.wait(since: version)
        }
    }

    private func pass(_ point: String) async {
        let held = state.withLock { $0.held[point] }
        _ = await held?.value()
    }
}
