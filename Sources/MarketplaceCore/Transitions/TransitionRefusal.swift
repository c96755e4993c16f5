/// Why a move was refused: what was tried, what stood in the way, and what would have been possible instead.
public struct TransitionRefusal<
    State: Hashable & Sendable,
    Move: Hashable & Sendable,
    Role: Hashable & Sendable
>: EffectStating, Hashable {
    /// What stood in the way of a move.
    public enum Reason: Sendable, Hashable {
        /// The table has no such move from that state.
        case unknownFromHere
        /// Others may make it from that state, but not this role; empty when only its timer makes it.
        case notThisRole(allowed: [Role])
        /// The guard said no: these facts are missing, and these are in the way.
        case guarded(missing: [TransitionFact], inTheWay: [TransitionFact])
        /// A timer makes it, but not before that time; nil when its time points are not known yet.
        case notDue(until: Timestamp?)
    }

    /// The move that was tried.
    public let move: Move
    /// The state it was tried from; nil before the beginning.
    public let state: State?
    /// Who tried; nil for a timer.
    public let role: Role?
    /// What stood in the way.
    public let reason: Reason
    /// The moves that were open from that state to that role under the same facts, in the order of the table.
    public let open: [Move]

    /// Makes a refusal of these parts.
    public init(move: Move, state: State?, role: Role?, reason: Reason, open: [Move]) {
        self.move = move
        self.state = state
        self.role = role
        self.reason = reason
        self.open = open
    }

    /// Nothing was changed; the same move will be refused again in the same state.
    public var effect: EffectOutcome { .refused }
}

extension TransitionRefusal: CustomStringConvertible {
    /// The refusal in a sentence.
    public var description: String {
        let place = state.map { "from \($0)" } ?? "before the beginning"
        let mover = role.map { " by \($0)" } ?? " by a timer"
        let why: String
        switch reason {
        case .unknownFromHere: why = "there is no such move from there"
        case .notThisRole(let allowed) where allowed.isEmpty: why = "only a timer makes it"
        case .notThisRole(let allowed): why = "it is open to \(Self.list(allowed))"
        case .guarded(let missing, let inTheWay):
            let parts = missing.map { "“\($0)” does not hold" } + inTheWay.map { "“\($0)” holds" }
            why = parts.joined(separator: ", ")
        case .notDue(let time): why = time.map { "it is not due before \($0)" } ?? "its time is not known yet"
        }
        return "\(move) \(place)\(mover) is refused: \(why); open: \(open.isEmpty ? "nothing" : Self.list(open))"
    }

    private static func list(_ items: [some Any]) -> String {
        items.map { "\($0)" }.joined(separator: ", ")
    }
}
