import MarketplaceCore
import MarketplaceInventory

/// Ending very many holds whose deadlines have come, in no order: one operation is one hold.
enum InventoryExpiryBenchmarks {
    static let all = [expiry]

    private static let skuCount = 1_000
    private static let latestMicroseconds = 1_000_000

    private static let expiry = Benchmark(
        name: "inventory/expiry/10^6",
        summary: "end a hold whose deadline has come, of a million over 1,000 SKUs",
        workload: Workload(operations: 1_000_000),
        subject: .library { workload in
            let inventory = InMemoryInventory()
            let skus = try (0..<skuCount).map { try SKU("sku-\($0)") }
            for (index, sku) in skus.enumerated() {
                let id = MovementID(bits: UInt128(index + 1))
                let quantity = try Quantity(workload.operations)
                try inventory.record(.restock(id: id, sku: sku, quantity: quantity, at: .epoch))
            }
            for index in 0..<workload.operations {
                try inventory.reserve(
                    ReservationRequest(
                        id: ReservationID(bits: UInt128(index + 1)),
                        lines: ReservationLines(ReservationLine(skus[index % skuCount], .one)),
                        member: "member",
                        deadline: Timestamp(microsecondsSinceEpoch: deadline(of: index)),
                        at: .epoch
                    )
                )
            }
            return {
                let time = Timestamp(microsecondsSinceEpoch: Int64(latestMicroseconds))
                var witness: Int64 = 0
                while true {
                    let count = try inventory.expire(dueBy: time, limit: InventoryLimits.pageSize).count
                    witness += Int64(count)
                    if count < InventoryLimits.pageSize { return witness }
                }
            }
        },
        baseline: .rawLimit { workload in
            let holds = RawExpiry(skuCount: skuCount)
            for index in 0..<workload.operations {
                holds.hold(UInt128(index + 1), of: index % skuCount, deadline: deadline(of: index))
            }
            return { Int64(holds.expire(dueBy: Int64(latestMicroseconds))) }
        }
    )

    private static func deadline(of index: Int) -> Int64 {
        1 + Int64((UInt64(index) &* 0x9E37_79B9_7F4A_7C15) >> 32) % Int64(latestMicroseconds)
    }
}
