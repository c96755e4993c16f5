public import MarketplaceCore

/// The subject of counter keys.
public enum CounterSubject {}

/// Names one counter.
public typealias CounterKey = TextKey<CounterSubject>

/// An addition to a counter within bounds.
///
/// Additions commute: any number of callers succeed in one batch while the bounds hold, which is what stock, usage
/// limits, budgets and balances need and what documents with revisions cannot give.
public struct CounterAdd: Hashable, Sendable {
    /// The counter.
    public let key: CounterKey
    /// What is added; negative to take away.
    public let delta: Int64
    /// What the counter must not fall below when something is taken away.
    public let floor: Int64?
    /// What the counter must not rise above when something is added.
    public let ceiling: Int64?

    /// This addition and another of the same counter as one; nil when the sum does not fit.
    func merged(with other: CounterAdd) -> CounterAdd? {
        let (sum, overflow) = delta.addingReportingOverflow(other.delta)
        guard !overflow else { return nil }
        return CounterAdd(
            key: key,
            delta: sum,
            floor: [floor, other.floor].compactMap { $0 }.max(),
            ceiling: [ceiling, other.ceiling].compactMap { $0 }.min()
        )
    }

    /// The counter's next value, when it is `value` now.
    ///
    /// A bound binds only in the direction of the move, so that a counter that starts outside of its bounds can come
    /// back. What does not fit 64 bits breaks the bound `Int64` itself sets.
    public func applied(to value: Int64) throws(StoreConflict) -> Int64 {
        let (next, overflow) = value.addingReportingOverflow(delta)
        if overflow {
            let bound: CounterBound = delta < 0 ? .floor(floor ?? .min) : .ceiling(ceiling ?? .max)
            throw .counterBound(key, bound: bound, value: value, delta: delta)
        }
        if delta < 0, let floor, next < floor {
            throw .counterBound(key, bound: .floor(floor), value: value, delta: delta)
        }
        if delta > 0, let ceiling, next > ceiling {
            throw .counterBound(key, bound: .ceiling(ceiling), value: value, delta: delta)
        }
        return next
    }
}
