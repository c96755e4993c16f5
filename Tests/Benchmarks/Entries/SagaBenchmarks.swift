/// Running a saga of three steps whose effects do nothing.
enum SagaBenchmarks {
    static let all = [
        Benchmark(
            name: "saga/three-steps",
            summary: "run a saga of three steps with its journal of four commits",
            workload: Workload(operations: 5_000),
            subject: nil,
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
    ]
}
