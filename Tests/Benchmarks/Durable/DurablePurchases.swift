import Marketplace

/// Whole purchases: an order, a unit set aside, money authorized and captured by a scripted gateway, the unit allocated.
enum DurablePurchases {
    /// How many there are, and how many of them a second make ten seconds.
    private static let purchases = 10_000
    private static let perSecond: Int64 = 1_000
    private static let skuCount = 20
    private static let price = Money(minorUnits: 9_900, .krw)

    static func benchmark(_ backend: any DurableBackend) -> Benchmark {
        Benchmark(
            name: "\(DurableBenchmarks.group)/\(backend.name)/purchases",
            summary: "buy a unit of one of 20 SKUs through the checkout; buyers at once: 10,000",
            workload: Workload(operations: purchases, tasks: purchases),
            subject: .library(waiting: { workload in
                let database = try await backend.open()
                let checkout = try await checkout(in: database.store, units: workload.operations)
                let waits = WaitRecord(workload.operations)
                return {
                    defer { withExtendedLifetime(database) {} }
                    let bought = try await workload.spread { range in
                        var bought: Int64 = 0
                        for number in range {
                            let outcome = try await waits.measure(number) {
                                try await checkout.place(try request(number))
                            }
                            if case .confirmed = outcome { bought += 1 }
                        }
                        return bought
                    }
                    guard bought == workload.operations else {
                        throw BenchmarkFailure.differentWork(
                            "purchases",
                            subject: bought,
                            baseline: Int64(workload.operations)
                        )
                    }
                    return RoundAnswer(witness: bought, waitNanoseconds: waits.nanoseconds)
                }
            }),
            baseline: nil,
            bar: .atLeastOne(of: .perSecond(perSecond), reason: "10,000 purchases in ten seconds"),
            mostRounds: 5,
            tellsSpeeds: true
        )
    }

    private static func checkout(in store: any Store, units: Int) async throws -> Checkout {
        let inventory = StoreInventory(store: store, codec: .json)
        for index in 0..<skuCount {
            let (id, sku) = (MovementID(bits: UInt128(index + 1)), try sku(index))
            try await inventory.record(.restock(id: id, sku: sku, quantity: Quantity(units), at: .epoch))
            try await inventory.setTerms(SaleTerms(perMemberLimit: .one), for: sku, at: .epoch)
        }
        return Checkout(
            store: store,
            inventory: inventory,
            gateway: ScriptedPaymentGateway(),
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: SystemWallClock())
        )
    }

    private static func request(_ number: Int) throws -> CheckoutRequest {
        CheckoutRequest(
            order: OrderID(bits: UInt128(number + 1)),
            buyer: MemberID(bits: UInt128(number + 1)),
            lines: [OrderLine(sku: try sku(number % skuCount), quantity: .one, unitPrice: price)]
        )
    }

    private static func sku(_ index: Int) throws -> SKU { try SKU("item-\(index)") }
}
