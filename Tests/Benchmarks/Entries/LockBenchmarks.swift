import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage

/// Acquiring and releasing a lease on a key nobody else wants.
enum LockBenchmarks {
    static let all = [inMemory, store]

    private static let key: FenceKey = "order/4711"
    private static let lease = Duration.seconds(30)
    private static let workload = Workload(operations: 40_000)

    private static let inMemory = Benchmark(
        name: "locks/uncontended/in-memory",
        summary: "acquire and release a lease on one key, in memory",
        workload: workload,
        subject: .library { workload in
            let provider = InMemoryLockProvider()
            return { try await cycle(provider, workload) }
        },
        baseline: .rawLimit { workload in
            let locks = RawLocks()
            return {
                try await workload.spread { range in
                    var witness: Int64 = 0
                    for _ in range {
                        guard let token = locks.acquire(key.text, lease: lease) else { continue }
                        if locks.release(key.text, token: token) { witness &+= Int64(token) }
                    }
                    return witness
                }
            }
        },
        bar: .atLeast(thousandths: 150, "a lease nobody else wants takes no place in any line")
    )

    private static let store = Benchmark(
        name: "locks/uncontended/store",
        summary: "acquire and release a lease on one key, by its document in the in-memory store",
        workload: workload,
        subject: .library { workload in
            let provider = StoreLockProvider(
                store: InMemoryStore(),
                identifiers: TimeOrderedIdentifiers(clock: SystemWallClock())
            )
            return { try await cycle(provider, workload) }
        },
        baseline: .rawLimit { workload in
            let locks = RawStoreLocks(store: RawStore())
            let microseconds = lease / .microseconds(1)
            return {
                try await workload.spread { range in
                    var witness: Int64 = 0
                    for index in range {
                        let holder = UInt128(2 * index + 1)
                        guard
                            let (token, revision) = locks.acquire(
                                key.text,
                                holder: holder,
                                leaseMicroseconds: Int64(microseconds)
                            )
                        else { continue }
                        if locks.release(key.text, token: token, revision: revision, transaction: holder + 1) {
                            witness &+= Int64(token)
                        }
                    }
                    return witness
                }
            }
        },
        bar: .atLeast(thousandths: 100, "two commits and a reading are most of what a lease in a store costs")
    )

    private static func cycle(_ provider: some LockProvider, _ workload: Workload) async throws -> Int64 {
        let keys = LockKeys(key)
        return try await workload.spread { range in
            var witness: Int64 = 0
            for _ in range {
                guard let lease = try await provider.acquire(keys, lease: lease, wait: .zero).lease else { continue }
                guard try await lease.release() == .released else { continue }
                witness &+= Int64(lease.tokens[key]?.value ?? 0)
            }
            return witness
        }
    }
}
