public import MarketplaceSagas

/// Lets the process that drives a saga die at every place, and demands that its successor brings it to the same end.
///
/// The places: before and after every journal write, and before and after every call of a step, that is between
/// intent and effect and between effect and record; when all goes well, and when each step is refused. Then the same
/// with a second death before or after every journal write of the recovery. Besides, every journal write once with
/// an answer and once with a request that is lost.
///
/// A run passes when the saga ends as it does without a crash and the same effects stand in the world: none without a
/// record, none without its undo. Moreover each call has one idempotency key in all processes, nothing is undone
/// while a step is under way, undo runs backwards, and every fault came about.
///
/// ```swift
/// let matrix = SagaCrashMatrix(SagaStage(codec: .json, store: { InMemoryStore(clock: $0) }) {
///     let world = World()
///     return SagaScene(tripDefinition(world), input: TripState()) { world.bookings }
/// })
/// print(try await matrix.run())
/// ```
///
/// Sagas that wait for a timer or a signal are refused.
public struct SagaCrashMatrix<State: SagaState>: Sendable {
    private let stage: SagaStage<State>
    private let hasSecondCrash: Bool

    /// A matrix over a saga.
    ///
    /// - Parameters:
    ///   - stage: The saga and what it runs on.
    ///   - hasSecondCrash: Whether every recovery is crashed at every write as well.
    public init(_ stage: SagaStage<State>, hasSecondCrash: Bool = true) {
        self.stage = stage
        self.hasSecondCrash = hasSecondCrash
    }

    /// Runs the whole matrix; throws a ``SagaTrialFailure`` when a run does not end as it must.
    public func run() async throws -> SagaCrashMatrixReport {
        let outline = stage.makeScene().definition.outline
        if let wait = outline.first(where: \.isWait) {
            throw SagaTrialFailure(trial: "the matrix", expected: "steps that do not wait", found: wait.name)
        }
        var report = SagaCrashMatrixReport()
        for refused in [nil] + outline.filter(\.canBeRefused).map({ Optional($0.name) }) {
            try await run(SagaTrialPlan(refused: refused), outline.map(\.name), &report)
        }
        return report
    }

    private func run(_ plan: SagaTrialPlan, _ steps: [String], _ report: inout SagaCrashMatrixReport) async throws {
        let clean = try await result(of: plan)
        report.crashFree += 1
        try check(clean, like: clean, plan, steps)
        var scenario = Scenario(plan: plan, clean: clean, steps: steps, report: report)
        let writes = clean.commits[0]
        for fault in [CommitFault.crashBefore, .crashAfter, .loseAnswer, .loseRequest] {
            let isCrash = fault == .crashBefore || fault == .crashAfter
            var number = 1
            while try await scenario.run([.commit(number, fault)], self) {
                if isCrash { scenario.report.crashes += 1 } else { scenario.report.unknownCommits += 1 }
                if isCrash { try await crashAgain(after: .commit(number, fault), &scenario) }
                number += 1
            }
            // Outcomes that arrive together share a write, so two runs may differ by as many as run at once.
            try demand(number - 1 >= writes - steps.count / 2, "\(plan): \(fault) came about at \(number - 1) writes")
        }
        for call in Set(clean.calls) {
            for fault in [SagaFaults.Fault.crashBefore, .crashAfter] {
                let hasFired = try await scenario.run([.call(call, fault)], self)
                try demand(hasFired, "\(plan): \(fault) at the \(call) did not come about")
                scenario.report.crashes += 1
                try await crashAgain(after: .call(call, fault), &scenario)
            }
        }
        report = scenario.report
    }

    private func crashAgain(after first: SagaTrialPlan.Fault, _ scenario: inout Scenario) async throws {
        guard hasSecondCrash else { return }
        for fault in [CommitFault.crashBefore, .crashAfter] {
            var number = 1
            while try await scenario.run([first, .commit(number, fault)], self) {
                scenario.report.secondCrashes += 1
                number += 1
            }
        }
    }

    /// What does not change while one step, or none, is refused.
    private struct Scenario {
        let plan: SagaTrialPlan
        let clean: SagaTrial<State>.Result
        let steps: [String]
        var report: SagaCrashMatrixReport

        /// Runs the saga with faults; false when the last of them did not come about.
        func run(_ faults: [SagaTrialPlan.Fault], _ matrix: SagaCrashMatrix) async throws -> Bool {
            var plan = plan
            plan.faults = faults
            let result = try await matrix.result(of: plan)
            try matrix.check(result, like: clean, plan, steps)
            return result.haveAllFired
        }
    }

    private func result(of plan: SagaTrialPlan) async throws -> SagaTrial<State>.Result {
        try await SagaTrial(stage: stage, plan: plan).run()
    }

    private func check(
        _ result: SagaTrial<State>.Result,
        like clean: SagaTrial<State>.Result,
        _ plan: SagaTrialPlan,
        _ steps: [String]
    ) throws {
        guard result.ending == clean.ending else {
            throw SagaTrialFailure(
                trial: plan.description,
                expected: clean.ending.description,
                found: result.ending.description
            )
        }
        if let complaint = result.complaint {
            throw SagaTrialFailure(trial: plan.description, expected: "calls in good order", found: complaint)
        }
        let undone = result.calls.filter { $0.kind == .undo }.compactMap { steps.firstIndex(of: $0.step) }
        guard undone == undone.sorted(by: >) else {
            let names = undone.map { steps[$0] }
            throw SagaTrialFailure(trial: plan.description, expected: "undo backwards", found: "\(names)")
        }
    }

    private func demand(_ condition: Bool, _ found: String) throws {
        guard condition else {
            throw SagaTrialFailure(trial: "the matrix", expected: "every fault comes about", found: found)
        }
    }
}

/// How many runs a ``SagaCrashMatrix`` has made; all of them passed.
public struct SagaCrashMatrixReport: Sendable, Hashable, CustomStringConvertible {
    /// Runs without a fault, one per scenario.
    public internal(set) var crashFree = 0
    /// Runs with one crash.
    public internal(set) var crashes = 0
    /// Runs with a crash, and another in the recovery.
    public internal(set) var secondCrashes = 0
    /// Runs with a journal write of unknown outcome.
    public internal(set) var unknownCommits = 0

    /// All runs.
    public var runs: Int { crashFree + crashes + secondCrashes + unknownCommits }

    /// The counts in a sentence.
    public var description: String {
        "\(runs) runs: \(crashFree) without a fault, \(crashes) with a crash, \(secondCrashes) with a second crash, "
            + "\(unknownCommits) with a write of unknown outcome"
    }
}
