/// One side of a comparison: something that can be done over and over on fresh state.
struct Program: Sendable {
    /// The timed part of a round.
    ///
    /// Its answer, the *witness*, is made of what the work computed. The two sides of a benchmark must answer the
    /// same, which shows that they do the same work and keeps the optimizer from leaving any of it out.
    typealias Round = @Sendable () async throws -> RoundAnswer
    /// A timed part that answers its witness and measures no waits.
    typealias PlainRound = @Sendable () async throws -> Int64

    /// Whose program it is, as it is printed.
    let name: String
    /// Builds the state and the inputs of one round; not timed.
    let prepare: @Sendable (Workload) async throws -> Round

    /// The library's own way.
    static func library(_ prepare: @escaping @Sendable (Workload) async throws -> PlainRound) -> Program {
        Program(name: "library", prepare: { answering(try await prepare($0)) })
    }

    /// The library's own way, where every operation waits for its turn and tells how long.
    static func library(waiting prepare: @escaping @Sendable (Workload) async throws -> Round) -> Program {
        Program(name: "library", prepare: prepare)
    }

    /// The same work with nothing around it: what the machine allows.
    static func rawLimit(_ prepare: @escaping @Sendable (Workload) async throws -> PlainRound) -> Program {
        Program(name: "raw", prepare: { answering(try await prepare($0)) })
    }

    /// The same work with nothing around it, where every operation waits for its turn and tells how long.
    static func rawLimit(waiting prepare: @escaping @Sendable (Workload) async throws -> Round) -> Program {
        Program(name: "raw", prepare: prepare)
    }

    /// The same program under another name, where it is measured against itself.
    func named(_ name: String) -> Program {
        Program(name: name, prepare: prepare)
    }

    private static func answering(_ round: @escaping PlainRound) -> Round {
        { RoundAnswer(witness: try await round()) }
    }
}
