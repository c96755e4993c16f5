import MarketplaceCore

/// Splitting money by weights.
enum MoneyBenchmarks {
    static let all = [
        Benchmark(
            name: "money/allocation",
            summary: "split an amount over 8 lines in proportion to their prices",
            workload: Workload(operations: 200_000),
            subject: .library { workload in
                let amounts = Self.amounts(workload)
                return {
                    try await workload.spread { range in
                        var witness: Int64 = 0
                        for index in range {
                            let shares = try Money(minorUnits: amounts[index], .eur).allocated(by: weights)
                            for share in shares { witness = witness &* 31 &+ share.minorUnits }
                        }
                        return witness
                    }
                }
            },
            baseline: .rawLimit { workload in
                let amounts = Self.amounts(workload)
                return {
                    try await workload.spread { range in
                        var witness: Int64 = 0
                        for index in range {
                            let shares = RawAllocation.shares(of: amounts[index], by: weights)
                            for share in shares { witness = witness &* 31 &+ share }
                        }
                        return witness
                    }
                }
            }
        )
    ]

    private static let weights: [Int64] = [1_999, 499, 2_500, 12_900, 350, 795, 4_200, 89]

    private static func amounts(_ workload: Workload) -> [Int64] {
        var generator = SeededGenerator(seed: 1)
        return (0..<workload.operations).map { _ in Int64(generator.next(through: 1_000_000)) }
    }
}
