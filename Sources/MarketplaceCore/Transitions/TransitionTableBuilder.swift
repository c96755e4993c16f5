/// Collects the rows of a ``TransitionMachine`` that are written one below the other.
@resultBuilder
public enum TransitionTableBuilder<
    State: Hashable & Sendable,
    Move: Hashable & Sendable,
    Role: Hashable & Sendable
> {
    /// One row.
    public static func buildExpression(
        _ row: Transition<State, Move, Role>
    ) -> [Transition<State, Move, Role>] {
        [row]
    }

    /// Several rows.
    public static func buildExpression(
        _ rows: [Transition<State, Move, Role>]
    ) -> [Transition<State, Move, Role>] {
        rows
    }

    /// All rows, in the order in which they are written.
    public static func buildBlock(
        _ rows: [Transition<State, Move, Role>]...
    ) -> [Transition<State, Move, Role>] {
        rows.flatMap { $0 }
    }

    /// The rows of all passes of a loop.
    public static func buildArray(
        _ rows: [[Transition<State, Move, Role>]]
    ) -> [Transition<State, Move, Role>] {
        rows.flatMap { $0 }
    }
}
