import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceSagas
import MarketplaceStorage

/// Running a saga of three steps whose effects do nothing.
enum SagaBenchmarks {
    static let all = [threeSteps(inFlight: 1), threeSteps(inFlight: 64)]

    /// What the steps of the saga put out: the number of commits each of them costs.
    struct State: SagaState {
        var order: Int
        var first: Int64?
        var second: Int64?
        var third: Int64?

        /// The commits of the whole saga: that of the start, and one a step.
        var commits: Int64 { 1 + (first ?? 0) + (second ?? 0) + (third ?? 0) }
    }

    static let definition = SagaDefinition("three steps", version: 1, state: State.self) {
        Step("first", into: \.first) { _, _ in
            1
        } undo: { _, _, _ in
        }
        Step("second", into: \.second) { _, _ in
            1
        } undo: { _, _, _ in
        }
        Step("third", into: \.third) { _, _ in
            1
        } undo: { _, _, _ in
        }
    }

    private static func threeSteps(inFlight tasks: Int) -> Benchmark {
        Benchmark(
            name: "saga/three-steps/\(tasks)-in-flight",
            summary: "start a saga of three steps by a key of its own and wait for its end; in flight: \(tasks)",
            workload: Workload(operations: 6_400, tasks: tasks),
            subject: .library { workload in
                let coordinator = SagaCoordinator(
                    store: InMemoryStore(),
                    codec: .json,
                    identifiers: TimeOrderedIdentifiers(clock: SystemWallClock()),
                    definitions: [SagaRegistration(definition)]
                )
                let keys = try (0..<workload.operations).map { try SagaKey("order-\($0)") }
                return {
                    try await workload.spread { range in
                        var witness: Int64 = 0
                        for index in range {
                            let handle = try await coordinator.start(definition, State(order: index), key: keys[index])
                            witness &+= try await handle.outcome().state.commits
                        }
                        return witness
                    }
                }
            },
            baseline: .rawLimit { workload in
                let store = RawStore()
                let payload = [UInt8](repeating: 0x2A, count: RawSagaJournal.entryBytes)
                return {
                    try await workload.spread { range in
                        range.reduce(0) { $0 &+ RawSagaJournal.run(saga: $1, in: store, payload: payload) }
                    }
                }
            }
        )
    }
}
