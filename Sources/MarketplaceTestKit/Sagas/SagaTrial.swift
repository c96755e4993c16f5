import MarketplaceCore
import MarketplaceSagas
import MarketplaceStorage
import Synchronization

/// What is done to a run of a saga: one fault per process that drives it.
struct SagaTrialPlan: Sendable, CustomStringConvertible {
    /// A place and what happens there.
    enum Fault: Sendable, Hashable, CustomStringConvertible {
        case commit(Int, CommitFault)
        case call(SagaFaults.Call, SagaFaults.Fault)

        var description: String {
            switch self {
            case .commit(let number, let fault): "\(fault) at commit \(number)"
            case .call(let call, let fault): "\(fault) at the \(call)"
            }
        }
    }

    /// The step that is refused; nil when all goes well.
    var refused: String?
    /// The fault of the first process, of the second and so on; one more without a fault takes over from the last.
    var faults: [Fault] = []

    var description: String {
        let world = refused.map { "\($0) is refused" } ?? "all goes well"
        return ([world] + faults.map(\.description)).joined(separator: ", then ")
    }
}

/// One run of a saga, from process to process.
struct SagaTrial<State: SagaState>: Sendable {
    /// How a run ended.
    struct Ending: Sendable, Hashable, CustomStringConvertible {
        var status: String
        var effects: [String]
        var description: String { "\(status), and \(effects) stand" }
    }

    /// What came of a run.
    struct Result: Sendable {
        var ending: Ending
        /// How many commits the last process but one with faults, or the only one, has asked for.
        var commits: [Int]
        var calls: [SagaFaults.Call]
        /// Whether every fault came about.
        var haveAllFired: Bool
        var complaint: String?
    }

    let stage: SagaStage<State>
    let plan: SagaTrialPlan

    private static var key: SagaKey { "trial" }

    /// Runs the saga to its end.
    func run() async throws -> Result {
        let clock = ManualClock()
        let base = stage.makeStore(clock)
        let scene = stage.makeScene()
        let alive = AliveStore()
        let faults = SagaFaults(refused: plan.refused) { alive.store }
        let definition = scene.definition.intercepted { kind, step, body in
            try await faults.around(kind, step, body)
        }
        var commits: [Int] = []
        var haveAllFired = true
        var outcome: SagaOutcome<State>?
        // One process per fault, and a last one in which nothing fails.
        for (process, fault) in (plan.faults.map(Optional.some) + [nil]).enumerated() {
            let store = FaultInjectingStore(base)
            alive.store = store
            faults.begin(process: process)
            switch fault {
            case .commit(let number, let fault): store.inject(fault, atCommit: number)
            case .call(let call, let fault): faults.inject(fault, at: call)
            case nil: break
            }
            let coordinator = coordinator(definition, store, clock, process)
            do {
                outcome = try await SagaFaults.$process.withValue(process) {
                    try await drive(definition, scene.input, coordinator, clock)
                }
            } catch  where fault != nil {
                // The process has died, and nothing of it goes on while the next one works.
                await faults.performsHaveEnded()
            }
            commits.append(store.commitCount)
            if !store.unfiredFaults.isEmpty { haveAllFired = false }
            if !faults.haveAllFired { haveAllFired = false }
            guard haveAllFired else { break }
        }
        await faults.settleLateCalls()
        guard let outcome else { throw SagaTrialFailure(trial: plan.description, expected: "an end", found: "none") }
        return Result(
            ending: Ending(status: try status(outcome), effects: scene.effects().sorted()),
            commits: commits,
            calls: faults.calls,
            haveAllFired: haveAllFired,
            complaint: faults.complaint
        )
    }

    private func coordinator(
        _ definition: SagaDefinition<State>,
        _ store: any Store,
        _ clock: ManualClock,
        _ process: Int
    ) -> SagaCoordinator {
        SagaCoordinator(
            store: store,
            codec: stage.codec,
            identifiers: SeededIdentifiers(seed: UInt64(process) + 1),
            definitions: [SagaRegistration(definition)],
            configuration: SagaConfiguration(worker: "process \(process + 1)"),
            randomness: SeededRandomSource(seed: UInt64(process) + 1),
            wallClock: clock.wall,
            clock: clock
        )
    }

    /// What a process does at its start: it carries on what it finds, and starts the saga if it is not there.
    private func drive(
        _ definition: SagaDefinition<State>,
        _ input: State,
        _ coordinator: SagaCoordinator,
        _ clock: ManualClock
    ) async throws -> SagaOutcome<State> {
        do {
            let recovery = try await coordinator.recover()
            if let refused = recovery.refused.values.first { throw refused }
            let handle = try await coordinator.start(definition, input, key: Self.key)
            let outcome = try await clock.advancing { try await handle.outcome() }
            await coordinator.drain()
            return outcome
        } catch {
            // What is under way in a store that takes its time ends before the next process begins.
            await coordinator.drain()
            throw error
        }
    }

    private func status(_ outcome: SagaOutcome<State>) throws -> String {
        switch outcome {
        case .completed(let state): "completed with \(String(decoding: try stage.codec.encode(state), as: UTF8.self))"
        case .aborted(_, let abort): "aborted at \(abort.step)"
        case .stuck(_, let stuck): "stuck at \(stuck)"
        }
    }
}

/// The store of the process that is alive.
private final class AliveStore: Sendable {
    private let current = Mutex<FaultInjectingStore?>(nil)

    var store: FaultInjectingStore? {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }
}
