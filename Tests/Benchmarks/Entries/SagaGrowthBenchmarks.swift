import MarketplaceCore
import MarketplaceInMemory
import MarketplaceJSON
import MarketplaceSagas
import MarketplaceStorage

/// Running sagas of three steps beside many that have ended, with nothing kept of these but their summaries.
///
/// The growth of the cost is the ratio of the first entry divided by that of the second: both sides grow, and only
/// what the library grows more than the raw program counts.
enum SagaGrowthBenchmarks {
    static let all = [
        beside("10^3", { _ in 1_000 }),
        // A million for the usual round; a shrunken round has as much less beside it.
        beside("10^6", { $0.operations * 156 }),
    ]

    private static func beside(_ name: String, _ filling: @escaping @Sendable (Workload) -> Int) -> Benchmark {
        let library = Filled<SagaCoordinator>()
        let raw = Filled<RawStore>()
        let payload = [UInt8](repeating: 0x2A, count: RawSagaJournal.entryBytes)
        return Benchmark(
            name: "saga/beside-ended/\(name)",
            summary: "run a saga of three steps, 64 in flight, beside \(name) that have ended",
            workload: Workload(operations: 6_400, tasks: 64),
            subject: .library { workload in
                let (coordinator, first) = try await library.next(workload, filling(workload)) {
                    SagaCoordinator(
                        store: InMemoryStore(),
                        codec: .json,
                        identifiers: TimeOrderedIdentifiers(clock: SystemWallClock()),
                        definitions: [SagaRegistration(SagaBenchmarks.definition)],
                        configuration: SagaConfiguration(retention: .zero)
                    )
                } fill: { coordinator, workload, first in
                    _ = try await run(workload, coordinator, from: first)
                }
                return { try await run(workload, coordinator, from: first) }
            },
            baseline: .rawLimit { workload in
                let (store, first) = try await raw.next(workload, filling(workload)) {
                    RawStore()
                } fill: { store, workload, first in
                    _ = try await run(workload, store, payload, from: first)
                }
                return { try await run(workload, store, payload, from: first) }
            }
        )
    }

    private static func run(_ workload: Workload, _ coordinator: SagaCoordinator, from first: Int) async throws -> Int64
    {
        try await workload.spread { range in
            var witness: Int64 = 0
            for index in range {
                let key = try SagaKey(validating: "order-\(first + index)")
                let handle = try await coordinator.start(SagaBenchmarks.definition, .init(order: index), key: key)
                witness &+= try await handle.outcome().state.commits
            }
            return witness
        }
    }

    private static func run(
        _ workload: Workload,
        _ store: RawStore,
        _ payload: [UInt8],
        from first: Int
    ) async throws -> Int64 {
        try await workload.spread { range in
            range.reduce(0) { $0 &+ RawSagaJournal.run(saga: first + $1, in: store, payload: payload) }
        }
    }
}
