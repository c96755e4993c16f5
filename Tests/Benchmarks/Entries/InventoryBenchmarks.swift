import MarketplaceCore
import MarketplaceInventory

/// Reserving and allocating one unit, on one SKU everybody wants and over a thousand.
enum InventoryBenchmarks {
    static let all =
        [1, 2, 10_000].map { benchmark("hot-sku", skus: 1, tasks: $0) }
        + [1, 2, 10_000].map { benchmark("many-skus", skus: 1_000, tasks: $0) }
        + [scaling]

    /// Two tasks against one, both the library's: the shards must keep them apart.
    private static let scaling = Benchmark(
        name: "inventory/many-skus/scaling",
        summary: "two tasks over 1,000 SKUs, in parts of the speed of one",
        workload: Workload(operations: 40_000, tasks: 2),
        subject: library(skus: 1_000),
        baseline: library(skus: 1_000).named("1 task"),
        baselineWorkload: Workload(operations: 40_000, tasks: 1),
        bar: .atLeast(thousandths: 800, "two tasks on different SKUs do not get in each other's way")
    )

    private static let perMemberLimit: Int64 = 2
    private static let holdMicroseconds: Int64 = 600_000_000

    private static func benchmark(_ name: String, skus: Int, tasks: Int) -> Benchmark {
        Benchmark(
            name: "inventory/\(name)/\(tasks == 1 ? "1-task" : "\(tasks)-tasks")",
            summary: "reserve and allocate one unit; SKUs: \(skus), tasks: \(tasks)",
            workload: Workload(operations: 40_000, tasks: tasks),
            subject: library(skus: skus),
            baseline: rawLimit(skus: skus),
            bar: bar(skus: skus, tasks: tasks),
            measuresMemory: skus == 1 && tasks == 1
        )
    }

    private static func bar(skus: Int, tasks: Int) -> Bar? {
        guard skus == 1, tasks <= 2 else { return nil }
        return .atLeast(thousandths: 600, "what a flash sale on one SKU must reach, by 1 and by 2 tasks")
    }

    private static func library(skus: Int) -> Program {
        .library { workload in
            let inventory: any InventoryStore = InMemoryInventory()
            let lines = try (0..<skus).map { ReservationLines(ReservationLine(try TextKey("sku-\($0)"), .one)) }
            for (index, sku) in lines.map(\.[0].sku).enumerated() {
                let id = MovementID(bits: UInt128(index + 1))
                let quantity = try Quantity(workload.operations)
                try await inventory.record(.restock(id: id, sku: sku, quantity: quantity, at: .epoch))
                let terms = SaleTerms(perMemberLimit: try Quantity(Int(perMemberLimit)))
                try await inventory.setTerms(terms, for: sku, at: .epoch)
            }
            let members = try (0..<workload.operations).map { try MemberKey("member-\($0)") }
            return {
                try await workload.spread { range in
                    var witness: Int64 = 0
                    for index in range {
                        let time = Timestamp(microsecondsSinceEpoch: Int64(index))
                        let reservation = try await inventory.reserve(
                            ReservationRequest(
                                id: ReservationID(bits: UInt128(index + 1)),
                                lines: lines[index % skus],
                                member: members[index],
                                deadline: time.advanced(by: .microseconds(holdMicroseconds)),
                                at: time
                            )
                        )
                        // As the raw program counts: the allocation and the two movements.
                        if try await inventory.allocate(reservation.id, at: time) == .allocated { witness += 3 }
                    }
                    return witness
                }
            }
        }
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
