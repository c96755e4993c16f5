import Synchronization

/// A number of tills, before which buyers queue in the order in which they come.
final class Tills: Sendable {
    fileprivate struct State {
        var free: Int
        var queue: [CheckedContinuation<Void, Never>] = []
        /// The first in the queue; who went before is cut off now and then.
        var first = 0
    }

    private let state: Mutex<State>

    init(_ count: Int) {
        state = Mutex(State(free: count))
    }

    /// Performs `body` at a till.
    func serve<Value>(_ body: () async -> Value) async -> Value {
        await enter()
        defer { leave() }
        return await body()
    }

    private func enter() async {
        let isFree = state.withLock { $0.take() }
        if isFree { return }
        await withCheckedContinuation { buyer in
            let isFree = state.withLock { state in
                if state.take() { return true }
                state.queue.append(buyer)
                return false
            }
            if isFree { buyer.resume() }
        }
    }

    private func leave() {
        state.withLock { $0.next() }?.resume()
    }
}

extension Tills.State {
    fileprivate mutating func take() -> Bool {
        guard free > 0 else { return false }
        free -= 1
        return true
    }

    /// Hands the till to the first in the queue, or frees it.
    fileprivate mutating func next() -> CheckedContinuation<Void, Never>? {
        guard first < queue.count else {
            free += 1
            return nil
        }
        defer {
            first += 1
            if first > 1_024, first * 2 > queue.count {
                queue.removeFirst(first)
                first = 0
            }
        }
        return queue[first]
    }
}
