import MarketplaceCore
import MarketplaceInMemory
import MarketplaceStorage

/// Claims on a bounded counter: the first so many win, the rest are refused with the facts.
enum CounterBenchmarks {
    static let all = [
        Benchmark(
            name: "counters/claims",
            summary: "2,000 claims on a counter bounded at 500, by 2 tasks: 500 winners",
            workload: Workload(operations: 2_000, tasks: 2),
            subject: .library { workload in
                let store = InMemoryStore()
                let claims = (0..<workload.operations).map { index in
                    var claim = Transaction(id: TransactionID(bits: UInt128(index + 1)), time: .epoch)
                    claim.add(1, to: key, ceiling: limit(workload))
                    return claim
                }
                return {
                    try await workload.spread { range in
                        var winners: Int64 = 0
                        for index in range {
                            do throws(StoreError) {
                                _ = try await store.commit(claims[index])
                                winners += 1
                            } catch {
                                guard case .conflict(.counterBound) = error else { throw error }
                            }
                        }
                        return winners
                    }
                }
            },
            baseline: .rawLimit { workload in
                let store = RawStore()
                let ceiling = limit(workload)
                return {
                    try await workload.spread { range in
                        var winners: Int64 = 0
                        for index in range {
                            let id = UInt128(index + 1)
                            if store.claim(1, of: key.text, ceiling: ceiling, id: id, time: 0) != nil { winners += 1 }
                        }
                        return winners
                    }
                }
            }
        )
    ]

    private static let key: CounterKey = "coupon/spring/uses"

    private static func limit(_ workload: Workload) -> Int64 { Int64(workload.operations / 4) }
}
