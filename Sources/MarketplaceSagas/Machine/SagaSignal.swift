/// How an attempt failed, in words and, if its error can be written, as the codec wrote it.
struct SagaFailure: Sendable, Hashable {
    let reason: String
    var encodedError: [UInt8] = []
}

/// What the shell tells the state machine of a saga.
enum SagaSignal: Sendable {
    /// The saga is to begin.
    case start(SagaStart)
    /// A step happened.
    case done(Int, output: [UInt8])
    /// A step certainly did not happen, and will not.
    case notDone(Int, SagaFailure)
    /// A step was refused, but an earlier attempt at it may have happened, or arrive late.
    case refusedInDoubt(Int, SagaFailure)
    /// A step may have happened, and nothing more is to be found out.
    case unknown(Int, SagaFailure)
    /// The effect of a step was taken back.
    case undone(Int)
    /// The effect of a step could not be taken back, as often as it was tried.
    case undoFailed(Int, reason: String)
    /// Time has passed, or somebody else has appended something.
    case look
    /// The process that drove the saga has died; whatever was under way may or may not have happened.
    case interrupted
}

/// What the state machine of a saga wants done.
enum SagaAction: Sendable, Hashable {
    /// Perform a step, its retries and probes included.
    case perform(Int)
    /// Undo a step, its retries included.
    case undo(Int)
}
