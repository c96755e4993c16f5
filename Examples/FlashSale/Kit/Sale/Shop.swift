package import Marketplace

/// A shop on the in-memory adapters, with the stock of a sale.
package struct Shop: Sendable {
    /// Where orders, payments and journals are.
    package let store: InMemoryStore
    /// Where the stock is.
    package let inventory: InMemoryInventory
    /// The gateway, which keeps a record of its own.
    package let bank: ScriptedPaymentGateway
    /// What stands between the shop and the gateway.
    package let gateway: WatchedGateway
    /// What buyers buy through.
    package let checkout: Checkout
    /// The wall clock.
    package let wallClock: any WallClock
    /// The clock of pauses.
    package let clock: any Clock<Duration>

    /// Opens a shop with what the plan offers, to be sold from `opensAt` on.
    package init(
        _ plan: SalePlan,
        opensAt: Timestamp,
        record: any GatewayRecord,
        wallClock: any WallClock,
        clock: any Clock<Duration>
    ) throws {
        self.wallClock = wallClock
        self.clock = clock
        // Nothing may be forgotten before it was checked: a purchase makes at most three movements.
        let movementCount = 4 * (plan.buyers + plan.walkerCount) + plan.skuCount
        inventory = InMemoryInventory(configuration: .init(movementsPerShard: max(131_072, 4 * movementCount)))
        store = InMemoryStore(wallClock: wallClock, clock: clock)
        bank = try ScriptedPaymentGateway(plan.script, seed: plan.seed, clock: clock, resuming: record)
        gateway = WatchedGateway(bank)
        let identifiers = BuyerIdentifiers(seed: plan.seed)
        checkout = Checkout(
            store: store,
            inventory: inventory,
            gateway: gateway,
            codec: .json,
            identifiers: identifiers,
            configuration: CheckoutConfiguration(
                gatewayTimeout: plan.gatewayTimeout,
                retry: .exponential(from: .milliseconds(5), cap: .milliseconds(200), attempts: 10)
            ),
            randomness: SeededRandomSource(seed: plan.seed),
            wallClock: wallClock,
            clock: clock
        )
        for offer in plan.offers {
            try inventory.setTerms(
                SaleTerms(opensAt: opensAt, perMemberLimit: plan.perMemberLimit),
                for: offer.sku,
                at: wallClock.now
            )
            guard offer.units > 0 else { continue }
            try inventory.record(
                .restock(
                    id: identifiers.next(),
                    sku: offer.sku,
                    quantity: Quantity(offer.units),
                    at: wallClock.now
                )
            )
        }
    }
}
