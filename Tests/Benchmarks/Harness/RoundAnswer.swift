/// What the timed part of a round answers.
struct RoundAnswer: Sendable {
    /// What the work computed; see ``Program/Round``.
    let witness: Int64
    /// How long each operation had to wait for its turn, in nanoseconds; empty where that is not measured.
    var waitNanoseconds: [Int64] = []
    /// How much of the round was no work, as where a program has to be started; it does not count.
    var idleNanoseconds: Int64 = 0
}
