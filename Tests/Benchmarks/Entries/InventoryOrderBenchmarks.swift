import MarketplaceCore
import MarketplaceInventory

/// Orders of five lines over very many SKUs: what a shop does all day.
enum InventoryOrderBenchmarks {
    static let all = [1, 2].map(order(tasks:))

    private static let skuCount = 100_000
    private static let linesPerOrder = 5
    private static let unitsPerSKU: Int64 = 1_000_000
    private static let holdMicroseconds: Int64 = 600_000_000

    private static func order(tasks: Int) -> Benchmark {
        Benchmark(
            name: "inventory/order-of-5/\(tasks == 1 ? "1-task" : "\(tasks)-tasks")",
            summary: "reserve and allocate five lines of 100,000 SKUs; tasks: \(tasks)",
            workload: Workload(operations: 20_000, tasks: tasks),
            subject: .library { workload in
                let inventory: any InventoryStore = InMemoryInventory()
                let skus = try (0..<skuCount).map { try SKU("sku-\($0)") }
                let quantity = try Quantity(Int(unitsPerSKU))
                for (index, sku) in skus.enumerated() {
                    let id = MovementID(bits: UInt128(index + 1))
                    try await inventory.record(.restock(id: id, sku: sku, quantity: quantity, at: .epoch))
                }
                let orders = (0..<workload.operations).map { order in
                    ReservationLines(places(of: order).map { ReservationLine(skus[$0], .one) })
                }
                return {
                    try await workload.spread { range in
                        var witness: Int64 = 0
                        for index in range {
                            let time = Timestamp(microsecondsSinceEpoch: Int64(index))
                            let request = ReservationRequest(
                                id: ReservationID(bits: UInt128(index + 1)),
                                lines: orders[index],
                                member: "member",
                                deadline: time.advanced(by: .microseconds(holdMicroseconds)),
                                at: time
                            )
                            try await inventory.reserve(request)
                            if try await inventory.allocate(request.id, at: time) == .allocated { witness += 1 }
                        }
                        return witness
                    }
                }
            },
            baseline: .rawLimit { workload in
                let inventory = RawInventory(perMemberLimit: .max)
                let skus = (0..<skuCount).map { "sku-\($0)" }
                for sku in skus { inventory.receive(unitsPerSKU, of: sku) }
                let orders = (0..<workload.operations).map { order in
                    places(of: order).map { RawInventory.Line(sku: skus[$0], quantity: 1) }
                }
                return {
                    try await workload.spread { range in
                        var witness: Int64 = 0
                        for index in range {
                            let (id, time) = (UInt128(index + 1), Int64(index))
                            let deadline = time + holdMicroseconds
                            let isReserved = inventory.reserve(
                                id,
                                orders[index],
                                member: "member",
                                deadline: deadline,
                                time: time
                            )
                            if isReserved, inventory.allocate(id, time: time) { witness += 1 }
                        }
                        return witness
                    }
                }
            }
        )
    }

    /// Five different SKUs for an order, spread over all of them.
    private static func places(of order: Int) -> [Int] {
        (0..<linesPerOrder).map { line in
            // An odd multiplier of the golden ratio scatters neighbours (Knuth, TAOCP 6.4).
            Int((UInt64(order * linesPerOrder + line) &* 0x9E37_79B9_7F4A_7C15) >> 32) % skuCount
        }
    }
}
