package import Marketplace

/// A shop with the stock of a sale, in memory or on a store.
package struct Shop: Sendable {
    /// How long a worker may be silent before its purchases are taken over: short, as somebody waits before a screen.
    static let lease = Duration.seconds(1)
    /// How often a worker looks for purchases that were left, and gives a sign of life.
    static let pollInterval = Duration.milliseconds(250)
    /// How many processes in a row may die over one step: whoever tries out kills wants none of them to be stuck.
    static let maximumFruitlessClaims = 1_000

    /// Where orders, payments and journals are.
    package let store: any Store
    /// Where the stock is.
    package let inventory: any InventoryStore
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
    /// Whether others may go on with what this process leaves.
    private let hasWorker: Bool

    /// Opens a shop.
    init(
        _ plan: SalePlan,
        at place: SalePlace,
        record: any GatewayRecord,
        wallClock: any WallClock,
        clock: any Clock<Duration>
    ) throws {
        self.wallClock = wallClock
        self.clock = clock
        let otherIdentifiers: any IdentifierSource
        switch place {
        case .memory:
            // Nothing may be forgotten before it was checked: a purchase makes at most three movements.
            let movementCount = 4 * (plan.buyers + plan.walkerCount) + plan.skuCount
            inventory = InMemoryInventory(configuration: .init(movementsPerShard: max(131_072, 4 * movementCount)))
            store = InMemoryStore(wallClock: wallClock, clock: clock)
            otherIdentifiers = SeededIdentifiers(seed: plan.seed)
            hasWorker = false
        case .store(let chosen):
            inventory = StoreInventory(store: chosen, codec: .json)
            store = chosen
            // The next process must not use any id of this one for something else.
            otherIdentifiers = TimeOrderedIdentifiers(clock: wallClock)
            hasWorker = true
        }
        bank = try ScriptedPaymentGateway(plan.script, seed: plan.seed, clock: clock, resuming: record)
        gateway = WatchedGateway(bank)
        checkout = Checkout(
            store: store,
            inventory: inventory,
            gateway: gateway,
            codec: .json,
            identifiers: BuyerIdentifiers(other: otherIdentifiers),
            configuration: CheckoutConfiguration(
                gatewayTimeout: plan.gatewayTimeout,
                retry: .exponential(from: .milliseconds(5), cap: .milliseconds(200), attempts: 10),
                sagas: SagaConfiguration(
                    lease: Self.lease,
                    pollInterval: Self.pollInterval,
                    maximumFruitlessClaims: Self.maximumFruitlessClaims
                )
            ),
            randomness: SeededRandomSource(seed: plan.seed),
            wallClock: wallClock,
            clock: clock
        )
    }

    /// Takes in what the plan offers, to be sold from `opensAt` on; repeating it changes nothing.
    func takeIn(_ plan: SalePlan, opensAt: Timestamp) async throws {
        let identifiers = SeededIdentifiers(seed: plan.seed)
        for offer in plan.offers {
            try await inventory.setTerms(
                SaleTerms(opensAt: opensAt, perMemberLimit: plan.perMemberLimit),
                for: offer.sku,
                at: wallClock.now
            )
            guard offer.units > 0 else { continue }
            try await inventory.record(
                .restock(
                    id: identifiers.next(),
                    sku: offer.sku,
                    quantity: Quantity(offer.units),
                    at: wallClock.now
                )
            )
        }
    }

    /// Performs `body`; where others may go on with what this process leaves, with a worker beside it, which itself
    /// goes on with what others have left.
    func working<Value: Sendable>(_ body: @Sendable () async throws -> Value) async throws -> Value {
        guard hasWorker else { return try await body() }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await checkout.run() }
            defer { group.cancelAll() }
            return try await body()
        }
    }
}
