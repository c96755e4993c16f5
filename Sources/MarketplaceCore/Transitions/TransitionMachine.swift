/// A lifecycle as a table: which named moves lead from which state to which, by whom, when and under which facts.
///
/// A move that is not in the table is refused, together with the moves that are open. The machine holds no state of
/// its own: it is a constant, and the current state is an argument.
///
/// ```swift
/// static let lifecycle = TransitionMachine<OrderStatus, OrderMove, OrderRole> {
///     Transition(.create, to: .pending, by: .buyer)
///     Transition(.confirm, from: .pending, to: .confirmed, by: .system)
///     Transition(.cancel, from: .pending, .confirmed, to: .canceled, by: .buyer, .operator)
///     Transition(.expire, from: .pending, to: .expired, after: .minutes(15), since: .firstEntered(.pending))
/// }
/// let next = try lifecycle.move(.confirm, from: .pending, by: .system)
/// ```
///
/// A move takes one hash lookup.
public struct TransitionMachine<
    State: Hashable & Sendable,
    Move: Hashable & Sendable,
    Role: Hashable & Sendable
>: Sendable {
    /// One row.
    public typealias Row = Transition<State, Move, Role>
    /// Why a move is refused.
    public typealias Refusal = TransitionRefusal<State, Move, Role>
    /// What can be wrong with the rows.
    public typealias Problem = TransitionTableProblem<State, Move, Role>

    /// What a row is looked up by.
    @usableFromInline
    struct Key: Hashable, Sendable {
        @usableFromInline let state: State?
        @usableFromInline let move: Move

        @usableFromInline
        init(_ state: State?, _ move: Move) {
            self.state = state
            self.move = move
        }
    }

    /// The state in which a life begins without a move, if there is one.
    public let initial: State?
    /// The rows, in the order in which they were written.
    public let rows: [Row]

    @usableFromInline let rowsByKey: [Key: [Row]]
    private let rowsByState: [State?: [Row]]
    private let rolesByMove: [Move: Set<Role>]

    /// The machine of these rows, for a table that the programmer wrote.
    ///
    /// The table must have no ``problems(in:initial:)``. For tables that are data use
    /// ``init(validating:initial:)``.
    public init(
        initial: State? = nil,
        @TransitionTableBuilder<State, Move, Role> _ rows: () -> [Row]
    ) {
        let rows = rows()
        let problems = Self.problems(in: rows, initial: initial)
        precondition(problems.isEmpty, problems.map(\.description).joined(separator: "; "))
        self.init(checked: rows, initial: initial)
    }

    /// The machine of rows that are data; throws the first problem, in the order of ``problems(in:initial:)``.
    public init(validating rows: [Row], initial: State? = nil) throws(Problem) {
        if let problem = Self.problems(in: rows, initial: initial).first { throw problem }
        self.init(checked: rows, initial: initial)
    }

    private init(checked rows: [Row], initial: State?) {
        self.initial = initial
        self.rows = rows
        var byKey: [Key: [Row]] = [:]
        var byState: [State?: [Row]] = [:]
        var roles: [Move: Set<Role>] = [:]
        for row in rows {
            roles[row.move, default: []].formUnion(row.roles)
            let sources: Set<State?> = row.sources.isEmpty ? [nil] : Set(row.sources)
            for source in sources {
                byKey[Key(source, row.move), default: []].append(row)
                byState[source, default: []].append(row)
            }
        }
        rowsByKey = byKey
        rowsByState = byState
        rolesByMove = roles
    }
}

extension TransitionMachine {
    /// The state that `move` by `role` leads to from `state` (nil before the beginning) when exactly `facts` hold.
    @inlinable
    public func move(
        _ move: Move,
        from state: State?,
        by role: Role,
        given facts: Set<TransitionFact> = []
    ) throws(Refusal) -> State {
        try transition(move, from: state, by: role, given: facts).target
    }

    /// The row that answers `move` by `role` from `state`, for its target and its effects.
    @inlinable
    public func transition(
        _ move: Move,
        from state: State?,
        by role: Role,
        given facts: Set<TransitionFact> = []
    ) throws(Refusal) -> Row {
        if let candidates = rowsByKey[Key(state, move)] {
            for row in candidates where row.roles.contains(role) && row.isAllowed(given: facts) {
                return row
            }
        }
        throw refusal(of: move, from: state, by: role, given: facts)
    }

    /// The moves that are open to `role` from `state` when exactly `facts` hold, in the order of the table.
    public func open(
        from state: State?,
        by role: Role,
        given facts: Set<TransitionFact> = []
    ) -> [Move] {
        var seen: Set<Move> = []
        return rows(from: state)
            .filter { $0.roles.contains(role) && $0.isAllowed(given: facts) }
            .map(\.move)
            .filter { seen.insert($0).inserted }
    }

    /// The roles that may make `move` from anywhere, such as those whose repetition of it is harmless.
    public func roles(of move: Move) -> Set<Role> {
        rolesByMove[move] ?? []
    }

    /// Whether no move and no timer leads on from `state`.
    public func isFinal(_ state: State) -> Bool {
        rowsByState[state] == nil
    }

    /// All states, in the order in which the table first names them.
    public var states: [State] {
        var seen: Set<State> = []
        let named = (initial.map { [$0] } ?? []) + rows.flatMap { $0.sources + [$0.target] }
        return named.filter { seen.insert($0).inserted }
    }

    @usableFromInline
    func refusal(of move: Move, from state: State?, by role: Role, given facts: Set<TransitionFact>) -> Refusal {
        let candidates = rowsByKey[Key(state, move)] ?? []
        let reason: Refusal.Reason
        if candidates.isEmpty {
            reason = .unknownFromHere
        } else if let row = candidates.first(where: { $0.roles.contains(role) }) {
            reason = Self.guardReason(of: row, given: facts)
        } else {
            var seen: Set<Role> = []
            reason = .notThisRole(allowed: candidates.flatMap(\.roles).filter { seen.insert($0).inserted })
        }
        return Refusal(
            move: move,
            state: state,
            role: role,
            reason: reason,
            open: open(from: state, by: role, given: facts)
        )
    }

    static func guardReason(of row: Row, given facts: Set<TransitionFact>) -> Refusal.Reason {
        .guarded(
            missing: row.requiredFacts.filter { !facts.contains($0) },
            inTheWay: row.forbiddenFacts.filter(facts.contains)
        )
    }

    func rows(from state: State?) -> [Row] {
        rowsByState[state] ?? []
    }

    func rows(of move: Move, from state: State?) -> [Row] {
        rowsByKey[Key(state, move)] ?? []
    }
}
