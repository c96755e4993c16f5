extension TransitionMachine {
    /// A move that happens by itself, and when.
    public struct DueTimer: Sendable, Hashable {
        /// The move.
        public let move: Move
        /// The state it leads to.
        public let target: State
        /// When it is due.
        public let time: Timestamp

        /// Makes the timer of these parts.
        public init(move: Move, target: State, time: Timestamp) {
            self.move = move
            self.target = target
            self.time = time
        }
    }

    /// The timers of one state at one time.
    public struct TimerSchedule: Sendable, Hashable {
        /// The timers whose time has come, the earliest first; ties in the order of the table.
        public let due: [DueTimer]
        /// When the next of the others is due; nil when none will be as far as is known.
        public let nextDeadline: Timestamp?
    }

    /// The timers of `state` in the life that `history` tells, the earliest first, whether due or not.
    ///
    /// A timer is left out while its time points are not known or its guard says no.
    public func timers(
        in state: State,
        history: TransitionHistory<State>,
        given facts: Set<TransitionFact> = []
    ) -> [DueTimer] {
        rows(from: state)
            .compactMap { row -> DueTimer? in
                guard row.isAllowed(given: facts), let time = row.timer?.deadline(in: history) else { return nil }
                return DueTimer(move: row.move, target: row.target, time: time)
            }
            // The standard library's sort is stable, which keeps ties in the order of the table.
            .sorted { $0.time < $1.time }
    }

    /// Which timers of `state` are due at `now`, and when to look again.
    public func dueTimers(
        in state: State,
        history: TransitionHistory<State>,
        now: Timestamp,
        given facts: Set<TransitionFact> = []
    ) -> TimerSchedule {
        let timers = timers(in: state, history: history, given: facts)
        return TimerSchedule(
            due: Array(timers.prefix { $0.time <= now }),
            nextDeadline: timers.first { $0.time > now }?.time
        )
    }

    /// The row of the timed move `move` from `state`; refused when it has no timer there or is not due at `now`.
    public func fire(
        _ move: Move,
        from state: State,
        history: TransitionHistory<State>,
        now: Timestamp,
        given facts: Set<TransitionFact> = []
    ) throws(Refusal) -> Row {
        let timed = rows(of: move, from: state).filter { $0.timer != nil }
        func refusal(_ reason: Refusal.Reason) -> Refusal {
            let open = dueTimers(in: state, history: history, now: now, given: facts).due.map(\.move)
            return Refusal(move: move, state: state, role: nil, reason: reason, open: open)
        }
        guard let first = timed.first else {
            let roles = rows(of: move, from: state).flatMap(\.roles)
            throw refusal(roles.isEmpty ? .unknownFromHere : .notThisRole(allowed: roles))
        }
        guard let row = timed.first(where: { $0.isAllowed(given: facts) }) else {
            throw refusal(Self.guardReason(of: first, given: facts))
        }
        let deadline = row.timer?.deadline(in: history)
        guard let deadline, deadline <= now else { throw refusal(.notDue(until: deadline)) }
        return row
    }
}
