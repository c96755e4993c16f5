import Synchronization

/// Calls many things at their deadlines with one sleeping task.
///
/// Nearly all deadlines are called off before they come, so scheduling and calling off cost a few comparisons under
/// a lock, and no task and no timer of the system each.
package final class DeadlineTimer: Sendable {
    /// Names a deadline, to call it off with.
    package struct Token: Hashable, Sendable {
        fileprivate let number: UInt64
    }

    private struct State {
        var queue = DeadlineQueue()
        var actions: [UInt64: @Sendable () -> Void] = [:]
        var lastNumber: UInt64 = 0
        /// Until when the sleeping task sleeps, and which one it is; nil when none does.
        var sleeper: (until: Duration, number: UInt64)?

        /// Takes out what is due, and says until when to sleep next.
        mutating func takeDue(at now: Duration) -> [@Sendable () -> Void] {
            var due: [@Sendable () -> Void] = []
            while let first = queue.first {
                guard let action = actions[first.number] else {
                    queue.removeFirst()
                    continue
                }
                guard first.deadline <= now else { break }
                queue.removeFirst()
                actions[first.number] = nil
                due.append(action)
            }
            return due
        }
    }

    /// How many deadlines that were called off stay in the queue before it is cleared of them.
    private static let staleLimit = 1_024

    private let timeline: MonotonicTimeline
    private let state = Mutex(State())

    package init(_ timeline: MonotonicTimeline) {
        self.timeline = timeline
    }

    /// Calls `action` after `duration`, unless it is called off before.
    ///
    /// The action must not block.
    package func schedule(after duration: Duration, _ action: @escaping @Sendable () -> Void) -> Token {
        let deadline = timeline.deadline(after: duration)
        let (token, sleeper) = state.withLock { state -> (Token, UInt64?) in
            state.lastNumber += 1
            let number = state.lastNumber
            state.queue.insert(DeadlineQueue.Entry(deadline: deadline, number: number))
            state.actions[number] = action
            if let sleeper = state.sleeper, sleeper.until <= deadline { return (Token(number: number), nil) }
            state.sleeper = (deadline, number)
            return (Token(number: number), number)
        }
        if let sleeper { sleep(until: deadline, as: sleeper) }
        return token
    }

    /// Calls a deadline off; nothing happens when it has come already.
    package func cancel(_ token: Token) {
        state.withLock { state in
            state.actions[token.number] = nil
            guard state.queue.count > state.actions.count * 2 + Self.staleLimit else { return }
            let actions = state.actions
            state.queue.keep { actions[$0.number] != nil }
        }
    }

    /// Sleeps in a task of its own until the next deadline, again and again until there is none.
    ///
    /// A task that was overtaken by one with an earlier deadline ends when it wakes up.
    private func sleep(until first: Duration, as number: UInt64) {
        let timeline = timeline
        Task { [weak self] in
            var target = first
            while true {
                await timeline.sleep(until: target)
                guard let next = self?.wake(as: number) else { return }
                target = next
            }
        }
    }

    /// Calls what is due; the answer is until when to sleep next, nil for no longer.
    private func wake(as number: UInt64) -> Duration? {
        let (due, next) = state.withLock { state -> ([@Sendable () -> Void], Duration?) in
            guard state.sleeper?.number == number else { return ([], nil) }
            let due = state.takeDue(at: timeline.now)
            let next = state.queue.first?.deadline
            state.sleeper = next.map { ($0, number) }
            return (due, next)
        }
        for action in due { action() }
        return next
    }
}
