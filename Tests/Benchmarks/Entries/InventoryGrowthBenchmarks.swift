import MarketplaceCore
import MarketplaceInventory

/// Reserving and releasing one unit beside so many SKUs, each with an open hold.
///
/// The growth of the cost is the ratio of the first entry divided by that of the second: both sides grow, and only
/// what the library grows more than the raw program counts.
enum InventoryGrowthBenchmarks {
    static let all = [
        beside("10^3", { _ in 1_000 }),
        // A million for the usual round; a shrunken round has as much less beside it.
        beside("10^6", { $0.operations * 25 }),
    ]

    private static let unitsPerSKU: Int64 = 1_000_000
    private static let holdMicroseconds: Int64 = 86_400_000_000

    private struct Shop<Inventory: Sendable>: Sendable {
        let inventory: Inventory
        let skus: [String]
    }

    private static func beside(_ name: String, _ filling: @escaping @Sendable (Workload) -> Int) -> Benchmark {
        let library = Filled<Shop<InMemoryInventory>>()
        let raw = Filled<Shop<RawInventory>>()
        return Benchmark(
            name: "inventory/beside-open/\(name)",
            summary: "reserve and release one unit, beside \(name) SKUs with an open hold each",
            workload: Workload(operations: 40_000),
            subject: .library { workload in
                let (shop, first) = try await library.next(workload, filling(workload)) {
                    Shop(inventory: InMemoryInventory(), skus: names(filling(workload)))
                } fill: { shop, filling, _ in
                    for index in 0..<filling.operations { try fill(shop.inventory, shop.skus[index], index) }
                }
                let lines = try (0..<workload.operations).map { index in
                    let sku = try SKU(validating: shop.skus[place(of: index, among: shop.skus.count)])
                    return ReservationLines(ReservationLine(sku, .one))
                }
                return { try await run(workload, shop.inventory, lines, from: first) }
            },
            baseline: .rawLimit { workload in
                let (shop, first) = try await raw.next(workload, filling(workload)) {
                    Shop(inventory: RawInventory(perMemberLimit: .max), skus: names(filling(workload)))
                } fill: { shop, filling, _ in
                    for index in 0..<filling.operations {
                        shop.inventory.receive(unitsPerSKU, of: shop.skus[index])
                        let line = [RawInventory.Line(sku: shop.skus[index], quantity: 1)]
                        let id = UInt128(index + 1)
                        _ = shop.inventory.reserve(id, line, member: "member", deadline: holdMicroseconds, time: 0)
                    }
                }
                let lines = (0..<workload.operations).map { index in
                    [RawInventory.Line(sku: shop.skus[place(of: index, among: shop.skus.count)], quantity: 1)]
                }
                return { try await run(workload, shop.inventory, lines, from: first) }
            }
        )
    }

    private static func names(_ count: Int) -> [String] { (0..<count).map { "sku-\($0)" } }

    /// Any of the SKUs; neighbours are scattered (Knuth, TAOCP 6.4).
    private static func place(of index: Int, among count: Int) -> Int {
        Int((UInt64(index) &* 0x9E37_79B9_7F4A_7C15) >> 32) % count
    }

    private static func fill(_ inventory: InMemoryInventory, _ name: String, _ index: Int) throws {
        let sku = try SKU(validating: name)
        let id = MovementID(bits: UInt128(index + 1))
        try inventory.record(.restock(id: id, sku: sku, quantity: Quantity(Int(unitsPerSKU)), at: .epoch))
        try inventory.reserve(
            ReservationRequest(
                id: ReservationID(bits: UInt128(index + 1)),
                lines: ReservationLines(ReservationLine(sku, .one)),
                member: "member",
                deadline: Timestamp(microsecondsSinceEpoch: holdMicroseconds),
                at: .epoch
            )
        )
    }

    private static func run(
        _ workload: Workload,
        _ inventory: any InventoryStore,
        _ lines: [ReservationLines],
        from first: Int
    ) async throws -> Int64 {
        try await workload.spread { range in
            var witness: Int64 = 0
            for index in range {
                let time = Timestamp(microsecondsSinceEpoch: Int64(index))
                let request = ReservationRequest(
                    id: ReservationID(bits: UInt128(first + index + 1)),
                    lines: lines[index],
                    member: "member",
                    deadline: Timestamp(microsecondsSinceEpoch: holdMicroseconds),
                    at: time
                )
                try await inventory.reserve(request)
                if try await inventory.release(request.id, at: time) == .released { witness += 1 }
            }
            return witness
        }
    }

    private static func run(
        _ workload: Workload,
        _ inventory: RawInventory,
        _ lines: [[RawInventory.Line]],
        from first: Int
    ) async throws -> Int64 {
        try await workload.spread { range in
            var witness: Int64 = 0
            for index in range {
                let (id, time) = (UInt128(first + index + 1), Int64(index))
                let isReserved = inventory.reserve(
                    id,
                    lines[index],
                    member: "member",
                    deadline: holdMicroseconds,
                    time: time
                )
                if isReserved, inventory.release(id, time: time) { witness += 1 }
            }
            return witness
        }
    }
}
