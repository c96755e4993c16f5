/// One row of a lifecycle: a named move from some states to another, with who may make it and under which facts.
///
/// ```swift
/// Transition(.cancel, from: .confirmed, to: .canceled, by: .buyer, .operator, unless: .shipped)
/// Transition(.expire, from: .pending, to: .expired, after: .minutes(15), since: .firstEntered(.pending))
/// ```
///
/// A row without states to come from is a beginning: it leads out of nothing. A row with a timer happens by itself
/// when the timer is due; roles of the same row may make the move earlier.
public struct Transition<
    State: Hashable & Sendable,
    Move: Hashable & Sendable,
    Role: Hashable & Sendable
>: Sendable, Hashable {
    /// The name of the move.
    public let move: Move
    /// The states it leads from; empty for a beginning.
    public let sources: [State]
    /// The state it leads to.
    public let target: State
    /// Who may make it.
    public let roles: [Role]
    /// The facts that must hold.
    public let requiredFacts: [TransitionFact]
    /// The facts that must not hold.
    public let forbiddenFacts: [TransitionFact]
    /// When it happens by itself, if it does.
    public let timer: TransitionTimer<State>?
    /// What is to be done when it happens, in this order.
    public let effects: [TransitionEffect]

    /// The row with these parts, for tables that are read from data.
    public init(
        _ move: Move,
        from sources: [State],
        to target: State,
        by roles: [Role],
        when requiredFacts: [TransitionFact] = [],
        unless forbiddenFacts: [TransitionFact] = [],
        at timer: TransitionTimer<State>? = nil,
        effects: [TransitionEffect] = []
    ) {
        self.move = move
        self.sources = sources
        self.target = target
        self.roles = roles
        self.requiredFacts = requiredFacts
        self.forbiddenFacts = forbiddenFacts
        self.timer = timer
        self.effects = effects
    }

    /// The row of a move that these roles make; without a source it is a beginning.
    public init(
        _ move: Move,
        from sources: State...,
        to target: State,
        by roles: Role...,
        when requiredFacts: TransitionFact...,
        unless forbiddenFacts: TransitionFact...,
        effects: TransitionEffect...
    ) {
        self.init(
            move,
            from: sources,
            to: target,
            by: roles,
            when: requiredFacts,
            unless: forbiddenFacts,
            effects: effects
        )
    }

    /// The row of a move that happens by itself `period` after `point`, or earlier by one of these roles.
    public init(
        _ move: Move,
        from sources: State...,
        to target: State,
        by roles: Role...,
        when requiredFacts: TransitionFact...,
        unless forbiddenFacts: TransitionFact...,
        after period: Duration,
        since point: TimePoint<State>,
        effects: TransitionEffect...
    ) {
        self.init(
            move,
            from: sources,
            to: target,
            by: roles,
            when: requiredFacts,
            unless: forbiddenFacts,
            at: .after(period, since: point),
            effects: effects
        )
    }

    /// The row of a move that happens by itself when `timer` is due, or earlier by one of these roles.
    public init(
        _ move: Move,
        from sources: State...,
        to target: State,
        by roles: Role...,
        when requiredFacts: TransitionFact...,
        unless forbiddenFacts: TransitionFact...,
        at timer: TransitionTimer<State>,
        effects: TransitionEffect...
    ) {
        self.init(
            move,
            from: sources,
            to: target,
            by: roles,
            when: requiredFacts,
            unless: forbiddenFacts,
            at: timer,
            effects: effects
        )
    }
}

extension Transition {
    /// The rows of a move that leaves each of these states as it is.
    public static func staying(
        _ move: Move,
        in states: State...,
        by roles: Role...,
        when requiredFacts: TransitionFact...,
        unless forbiddenFacts: TransitionFact...
    ) -> [Transition] {
        states.map { state in
            Transition(move, from: [state], to: state, by: roles, when: requiredFacts, unless: forbiddenFacts)
        }
    }

    /// Whether its guard lets it pass when exactly `facts` hold.
    @inlinable
    public func isAllowed(given facts: Set<TransitionFact>) -> Bool {
        requiredFacts.allSatisfy(facts.contains) && !forbiddenFacts.contains(where: facts.contains)
    }

    /// Whether no set of facts lets both this row and `other` pass.
    func excludes(_ other: Transition) -> Bool {
        requiredFacts.contains(where: other.forbiddenFacts.contains)
            || forbiddenFacts.contains(where: other.requiredFacts.contains)
    }

    /// Whether it leads from `state`; nil is where beginnings lead from.
    func leads(from state: State?) -> Bool {
        guard let state else { return sources.isEmpty }
        return sources.contains(state)
    }
}
