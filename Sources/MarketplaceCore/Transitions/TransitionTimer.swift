/// When a transition happens by itself: a period after a time point, or the earliest of several of these.
public struct TransitionTimer<State: Hashable & Sendable>: Sendable, Hashable {
    /// One period after one time point.
    public struct Term: Sendable, Hashable {
        /// How long after the point.
        public let period: Duration
        /// The point.
        public let point: TimePoint<State>
    }

    /// What it is the earliest of.
    public let terms: [Term]

    /// The timer that is due `period` after `point`.
    public static func after(_ period: Duration, since point: TimePoint<State>) -> TransitionTimer {
        TransitionTimer(terms: [Term(period: period, point: point)])
    }

    /// The timer that is due when the first of `timers` is.
    public static func earliest(of timers: TransitionTimer...) -> TransitionTimer {
        earliest(of: timers)
    }

    /// The timer that is due when the first of `timers` is; never when there are none.
    public static func earliest(of timers: [TransitionTimer]) -> TransitionTimer {
        TransitionTimer(terms: timers.flatMap(\.terms))
    }

    /// When it is due in the life that `history` tells; nil while none of its time points has come.
    ///
    /// A point that is not known yet is left out, so that the earliest of the known ones counts.
    public func deadline(in history: TransitionHistory<State>) -> Timestamp? {
        terms.compactMap { term in history[term.point]?.advanced(by: term.period) }.min()
    }
}

extension TransitionTimer: CustomStringConvertible {
    /// The timer in words.
    public var description: String {
        let texts = terms.map { "\($0.period) after \($0.point)" }
        return texts.count == 1 ? texts[0] : "earliest of " + texts.joined(separator: ", ")
    }
}
