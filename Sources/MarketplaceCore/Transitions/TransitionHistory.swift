/// The time points of one life: when each state was entered first and last, and the points given from outside.
///
/// It does not grow with the number of moves, only with the number of states and names.
public struct TransitionHistory<State: Hashable & Sendable>: Sendable, Hashable {
    private var firstEntered: [State: Timestamp] = [:]
    private var lastEntered: [State: Timestamp] = [:]
    private var named: [TimePointName: Timestamp] = [:]

    /// A life in which nothing has happened.
    public init() {}

    /// Takes note that `state` was entered at `time`.
    public mutating func enter(_ state: State, at time: Timestamp) {
        if firstEntered[state] == nil { firstEntered[state] = time }
        lastEntered[state] = time
    }

    /// Sets the point of that name, or clears it.
    public mutating func set(_ name: TimePointName, to time: Timestamp?) {
        named[name] = time
    }

    /// When `point` was or will be; nil when that is not known.
    public subscript(point: TimePoint<State>) -> Timestamp? {
        switch point {
        case .firstEntered(let state): firstEntered[state]
        case .lastEntered(let state): lastEntered[state]
        case .named(let name): named[name]
        }
    }
}
