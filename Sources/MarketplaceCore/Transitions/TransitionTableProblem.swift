/// What is wrong with a table of transitions.
public enum TransitionTableProblem<
    State: Hashable & Sendable,
    Move: Hashable & Sendable,
    Role: Hashable & Sendable
>: EffectStating, Hashable {
    /// There is neither an initial state nor a row that is a beginning.
    case noBeginning
    /// No sequence of moves leads to that state, but rows lead from it or timers count from it.
    case unreachable(State)
    /// Two rows answer the same move of the same role (nil for the timer) from the same state (nil before the
    /// beginning), and their facts do not exclude each other.
    case ambiguous(Move, from: State?, by: Role?)
    /// No role and no timer makes that move.
    case nobodyMoves(Move)
    /// A beginning cannot have a timer: nothing exists yet whose time could come.
    case timedBeginning(Move)

    /// Nothing was changed, and the same table will be refused again.
    public var effect: EffectOutcome { .refused }
}

extension TransitionTableProblem: CustomStringConvertible {
    /// The problem in a sentence.
    public var description: String {
        switch self {
        case .noBeginning: "nothing says where a life begins"
        case .unreachable(let state): "no move leads to \(state)"
        case .ambiguous(let move, let state, let role):
            "\(move) from \(state.map { "\($0)" } ?? "the beginning") by \(role.map { "\($0)" } ?? "a timer") "
                + "has more than one answer"
        case .nobodyMoves(let move): "neither a role nor a timer makes the move \(move)"
        case .timedBeginning(let move): "the beginning \(move) has a timer"
        }
    }
}
