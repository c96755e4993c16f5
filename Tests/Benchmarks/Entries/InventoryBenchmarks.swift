import MarketplaceCore

/// Reserving and allocating one unit, on one SKU everybody wants and over a thousand.
enum InventoryBenchmarks {
    static let all =
        [1, 2, 10_000].map { benchmark("hot-sku", skus: 1, tasks: $0) }
        + [1, 2, 10_000].map { benchmark("many-skus", skus: 1_000, tasks: $0) }

    private static let perMemberLimit: Int64 = 2
    private static let holdMicroseconds: Int64 = 600_000_000

    private static func benchmark(_ name: String, skus: Int, tasks: Int) -> Benchmark {
        Benchmark(
            name: "inventory/\(name)/\(tasks == 1 ? "1-task" : "\(tasks)-tasks")",
            summary: "reserve and allocate one unit; SKUs: \(skus), tasks: \(tasks)",
            workload: Workload(operations: 40_000, tasks: tasks),
            subject: nil,
            baseline: rawLimit(skus: skus),
            measuresMemory: skus == 1 && tasks == 1
        )
    }

    private static func rawLimit(skus: Int) -> Program {
        .rawLimit { workload in
            let inventory = RawInventory(perMemberLimit: perMemberLimit)
            for sku in 0..<skus { inventory.receive(Int64(workload.operations), of: "sku-\(sku)") }
            let lines = (0..<skus).map { [RawInventory.Line(sku: "sku-\($0)", quantity: 1)] }
            let members = (0..<workload.operations).map { "member-\($0)" }
            return {
                let allocated = try await workload.spread { range in
                    var allocated: Int64 = 0
                    for index in range {
                        let id = UInt128(index + 1)
                        let time = Int64(index)
                        let isReserved = inventory.reserve(
                            id,
                            lines[index % skus],
                            member: members[index],
                            deadline: time + holdMicroseconds,
                            time: time
                        )
                        if isReserved, inventory.allocate(id, time: time) { allocated += 1 }
                    }
                    return allocated
                }
                return allocated &+ Int64(inventory.movementCount)
            }
        }
    }
}
