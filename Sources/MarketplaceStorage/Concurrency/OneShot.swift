import Synchronization

/// A value that is settled once and awaited by any number of tasks.
package final class OneShot<Value: Sendable>: Sendable {
    private enum State {
        case open(waiting: [UInt64: CheckedContinuation<Value?, Never>], next: UInt64)
        case settled(Value)
    }

    /// What a task that wants the value finds.
    private enum Entry {
        case settled(Value)
        case cancelled
        case waiting
    }

    private let state = Mutex(State.open(waiting: [:], next: 0))

    package init() {}

    /// Settles the value; false when it was settled before.
    @discardableResult
    package func settle(_ value: Value) -> Bool {
        let waiting: [CheckedContinuation<Value?, Never>]? = state.withLock { state in
            guard case .open(let waiting, _) = state else { return nil }
            state = .settled(value)
            return Array(waiting.values)
        }
        guard let waiting else { return false }
        for continuation in waiting { continuation.resume(returning: value) }
        return true
    }

    /// The value once it is settled; nil when the waiting task was cancelled before.
    package func value() async -> Value? {
        let id: UInt64 = state.withLock { state in
            guard case .open(let waiting, let next) = state else { return 0 }
            state = .open(waiting: waiting, next: next + 1)
            return next
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let entry: Entry = state.withLock { state in
                    guard case .open(var waiting, let next) = state else {
                        guard case .settled(let value) = state else { return .cancelled }
                        return .settled(value)
                    }
                    if Task.isCancelled { return .cancelled }
                    waiting[id] = continuation
                    state = .open(waiting: waiting, next: next)
                    return .waiting
                }
                switch entry {
                case .settled(let value): continuation.resume(returning: value)
                case .cancelled: continuation.resume(returning: nil)
                case .waiting: break
                }
            }
        } onCancel: {
            let continuation: CheckedContinuation<Value?, Never>? = state.withLock { state in
                guard case .open(var waiting, let next) = state else { return nil }
                let continuation = waiting.removeValue(forKey: id)
                state = .open(waiting: waiting, next: next)
                return continuation
            }
            continuation?.resume(returning: nil)
        }
    }
}
