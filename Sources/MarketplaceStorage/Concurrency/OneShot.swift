import Synchronization

/// A value that is settled once and awaited by any number of tasks.
package final class OneShot<Value: Sendable>: Sendable {
    private let state = Mutex<Value?>(nil)
    private let changes = ChangeNotifier()

    package init() {}

    /// Settles the value; false when it was settled before.
    @discardableResult
    package func settle(_ value: Value) -> Bool {
        let isFirst = state.withLock { state in
            guard state == nil else { return false }
            state = value
            return true
        }
        if isFirst { changes.notify() }
        return isFirst
    }

    /// The value once it is settled; nil when the waiting task was cancelled before.
    package func value() async -> Value? {
        while true {
            let version = changes.version
            if let value = state.withLock({ $0 }) { return value }
            if Task.isCancelled { return nil }
            await changes.wait(since: version)
        }
    }
}
