public import MarketplaceSagas

/// Lets every call of a saga's steps fail in every way, and demands that no effect is left over.
///
/// When all goes well and when each step is refused, every call is once kept from happening, once made twice, once
/// made with its answer lost, and once answered by nothing and made when the saga has ended. A run passes when the
/// saga ends as it does without the fault, or, where an unknown outcome turns it around, with the effects of that.
///
/// It holds for steps that can be repeated with their key, whose undo keeps a late call from taking effect, and whose
/// retry policies allow two attempts: a saga that fails it has a step that is none of these. A pivot needs a probe.
public struct SagaStepMatrix<State: SagaState>: Sendable {
    private let stage: SagaStage<State>

    /// A matrix over a saga.
    public init(_ stage: SagaStage<State>) {
        self.stage = stage
    }

    /// Runs the whole matrix; throws a ``SagaTrialFailure`` when a run does not end as it must.
    ///
    /// - Returns: How many runs it took.
    public func run() async throws -> Int {
        let outline = stage.makeScene().definition.outline
        let plans = [SagaTrialPlan()] + outline.filter(\.canBeRefused).map { SagaTrialPlan(refused: $0.name) }
        var endings: [String: SagaTrial<State>.Ending] = [:]
        var cleans: [SagaTrial<State>.Result] = []
        for plan in plans {
            let clean = try await SagaTrial(stage: stage, plan: plan).run()
            endings[clean.ending.status] = clean.ending
            cleans.append(clean)
        }
        var runs = plans.count
        for (plan, clean) in zip(plans, cleans) {
            for call in Set(clean.calls) {
                for fault in [SagaFaults.Fault.errorBefore, .twice, .loseAnswer, .late] {
                    try await run(plan, call, fault, clean.ending, endings)
                    runs += 1
                }
            }
        }
        return runs
    }

    private func run(
        _ plan: SagaTrialPlan,
        _ call: SagaFaults.Call,
        _ fault: SagaFaults.Fault,
        _ clean: SagaTrial<State>.Ending,
        _ endings: [String: SagaTrial<State>.Ending]
    ) async throws {
        var plan = plan
        plan.faults = [.call(call, fault)]
        let result = try await SagaTrial(stage: stage, plan: plan).run()
        guard result.haveAllFired else {
            throw SagaTrialFailure(trial: plan.description, expected: "the fault comes about", found: "it did not")
        }
        let mayTurnAround = fault == .loseAnswer || fault == .late
        let isAllowed = result.ending == clean || (mayTurnAround && endings[result.ending.status] == result.ending)
        guard isAllowed else {
            throw SagaTrialFailure(
                trial: plan.description,
                expected: clean.description,
                found: result.ending.description
            )
        }
        if let complaint = result.complaint {
            throw SagaTrialFailure(trial: plan.description, expected: "calls in good order", found: complaint)
        }
    }
}
