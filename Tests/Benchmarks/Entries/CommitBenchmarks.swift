import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage

/// Committing to the in-memory store: one event to one of many streams, one addition to one of many counters.
enum CommitBenchmarks {
    static let all = [commit(tasks: 1), commit(tasks: 2)]

    /// Tasks have streams of their own, so that the version that is expected can be known beforehand.
    private static let streamsPerTask = 500
    private static let counters = 20
    private static let ceiling: Int64 = 1_000_000_000
    private static let payload = [UInt8](repeating: 0x2A, count: 200)

    private static func commit(tasks: Int) -> Benchmark {
        Benchmark(
            name: "store/commit/\(tasks == 1 ? "1-task" : "\(tasks)-tasks")",
            summary: "commit one event of 200 bytes to its stream and one bounded counter; tasks: \(tasks)",
            workload: Workload(operations: 40_000, tasks: tasks),
            subject: .library { workload in
                let store = InMemoryStore()
                let transactions = try Self.transactions(workload)
                return {
                    try await workload.spread { range in
                        var witness: Int64 = 0
                        for index in range {
                            let receipt = try await store.commit(transactions[index])
                            witness &+= receipt.versions[0].value &+ receipt.counters[0]
                        }
                        return witness
                    }
                }
            },
            baseline: .rawLimit { workload in
                let store = RawStore()
                let commits = Self.commits(workload)
                return {
                    try await workload.spread { range in
                        var witness: Int64 = 0
                        for index in range {
                            guard let receipt = store.commit(commits[index]) else { continue }
                            witness &+= receipt.version &+ receipt.counter
                        }
                        return witness
                    }
                }
            },
            measuresMemory: tasks == 1
        )
    }

    /// Which stream the operation appends to, and what version it expects of it.
    private static func place(of index: Int, _ workload: Workload) -> (stream: Int, version: Int64) {
        // The operations of one task are a range: within it they take turns over the task's own streams.
        let task = (0..<workload.tasks).last { workload.operations * $0 / workload.tasks <= index } ?? 0
        let offset = index - workload.operations * task / workload.tasks
        return (task * streamsPerTask + offset % streamsPerTask, Int64(offset / streamsPerTask))
    }

    private static func transactions(_ workload: Workload) throws -> [Transaction] {
        try (0..<workload.operations).map { index in
            let (stream, version) = place(of: index, workload)
            var transaction = Transaction(
                id: TransactionID(bits: UInt128(index + 1)),
                time: Timestamp(microsecondsSinceEpoch: Int64(index))
            )
            transaction.append(
                [EventDraft(id: EventID(bits: UInt128(index + 1)), name: "OrderCreated", payload: payload)],
                to: StreamID("order", try TextKey("order-\(stream)")),
                expecting: .exactly(StreamVersion(version))
            )
            transaction.add(1, to: try TextKey("stock/sku-\(index % counters)"), ceiling: ceiling)
            return transaction
        }
    }

    private static func commits(_ workload: Workload) -> [RawStore.Commit] {
        (0..<workload.operations).map { index in
            let (stream, version) = place(of: index, workload)
            return RawStore.Commit(
                id: UInt128(index + 1),
                time: Int64(index),
                stream: "order/order-\(stream)",
                expectedVersion: version,
                eventID: UInt128(index + 1),
                eventName: "OrderCreated",
                payload: payload,
                counter: ("stock/sku-\(index % counters)", 1, ceiling)
            )
        }
    }
}
