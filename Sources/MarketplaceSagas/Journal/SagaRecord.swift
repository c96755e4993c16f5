import MarketplaceCore

/// One fact in the journal of a saga; steps are named by their place in the definition.
enum SagaRecord: Sendable, Hashable {
    /// The saga began.
    case started(SagaStart)
    /// A worker took the saga over.
    case claimed(worker: String)
    /// A step is about to be performed.
    case intended(Int)
    /// The condition of a step was false.
    case skipped(Int)
    /// A step happened.
    case done(Int, output: [UInt8])
    /// A step certainly did not happen.
    case notDone(Int)
    /// A step may have happened.
    case unknown(Int)
    /// The saga turns around.
    case aborting(SagaAbort)
    /// The effect of a step was taken back.
    case undone(Int)
    /// Only an operator can move the saga on.
    case stuck(SagaStuck)
    /// The saga is over, all steps done.
    case completed
    /// The saga is over, everything undone.
    case aborted(SagaAbort)
}

extension SagaRecord {
    /// The step it is about; nil when it is about the saga.
    var step: Int? {
        switch self {
        case .intended(let step), .skipped(let step), .done(let step, _), .notDone(let step), .unknown(let step),
            .undone(let step):
            step
        case .started, .claimed, .aborting, .stuck, .completed, .aborted: nil
        }
    }
}

/// What a saga began with.
struct SagaStart: Sendable, Hashable {
    let definition: String
    let version: Int
    let fingerprint: UInt64
    let key: SagaKey
    /// The encoded state that was handed in.
    let input: [UInt8]
    let worker: String
}
