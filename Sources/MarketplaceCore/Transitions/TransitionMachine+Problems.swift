extension TransitionMachine {
    /// All that is wrong with a table, in a stable order; empty for a table that a machine can be made of.
    public static func problems(in rows: [Row], initial: State? = nil) -> [Problem] {
        var problems: [Problem] = []
        if initial == nil && rows.allSatisfy({ !$0.sources.isEmpty }) { problems.append(.noBeginning) }
        for row in rows {
            if row.roles.isEmpty && row.timer == nil { problems.append(.nobodyMoves(row.move)) }
            if row.sources.isEmpty && row.timer != nil { problems.append(.timedBeginning(row.move)) }
        }
        problems += ambiguities(in: rows)
        problems += unreachableStates(in: rows, initial: initial).map(Problem.unreachable)
        return problems
    }

    private static func ambiguities(in rows: [Row]) -> [Problem] {
        var problems: [Problem] = []
        var reported: Set<Problem> = []
        for (offset, row) in rows.enumerated() {
            for other in rows[(offset + 1)...] where other.move == row.move && !row.excludes(other) {
                for state in sharedSources(row, other) {
                    var movers = row.roles.filter(other.roles.contains).map(Optional.some)
                    if row.timer != nil && other.timer != nil { movers.append(nil) }
                    for mover in movers {
                        let problem = Problem.ambiguous(row.move, from: state, by: mover)
                        if reported.insert(problem).inserted { problems.append(problem) }
                    }
                }
            }
        }
        return problems
    }

    private static func sharedSources(_ row: Row, _ other: Row) -> [State?] {
        if row.sources.isEmpty && other.sources.isEmpty { return [nil] }
        return row.sources.filter(other.sources.contains)
    }

    private static func unreachableStates(in rows: [Row], initial: State?) -> [State] {
        var reached = Set(rows.filter(\.sources.isEmpty).map(\.target))
        if let initial { reached.insert(initial) }
        var targetsBySource: [State: [State]] = [:]
        for row in rows {
            for source in row.sources { targetsBySource[source, default: []].append(row.target) }
        }
        var unvisited = Array(reached)
        while let state = unvisited.popLast() {
            for target in targetsBySource[state] ?? [] where reached.insert(target).inserted {
                unvisited.append(target)
            }
        }
        var reported: Set<State> = []
        return rows.flatMap { $0.sources + [$0.target] + $0.timedStates }
            .filter { !reached.contains($0) && reported.insert($0).inserted }
    }
}

extension Transition {
    /// The states whose entry its timer counts from.
    fileprivate var timedStates: [State] {
        (timer?.terms ?? []).compactMap { term in
            switch term.point {
            case .firstEntered(let state), .lastEntered(let state): state
            case .named: nil
            }
        }
    }
}
