import Marketplace
import MarketplaceTestKit
import Testing

struct TestingGuide {
    @Test func timePassesWhenTheTestSaysSo() async throws {
        // guide: Testing
        let clock = ManualClock()
        let store = InMemoryStore(wallClock: clock.wall, clock: clock)
        let identifiers = SeededIdentifiers(seed: 1)
        let locks = InMemoryLockProvider(clock: clock)
        let outcome = try await locks.acquire(LockKeys("price/espresso"), lease: .seconds(10), wait: .zero)
        clock.advance(by: .seconds(10))
        let isHeld = outcome.lease?.isHeld  // false: the lease has run out
        // end of guide
        #expect(isHeld == false)
        #expect(try await store.counter("visits") == 0)
        #expect(identifiers.nextBits() != identifiers.nextBits())
    }

    @Test func aFaultIsFoundByItsCommit() async throws {
        let identifiers = SeededIdentifiers(seed: 1)
        // guide: Faults
        let base = InMemoryStore()
        let store = FaultInjectingStore(base)
        store.inject(.loseAnswer, atCommit: 1)

        var transaction = Transaction(id: identifiers.next(), time: .epoch)
        transaction.add(1, to: "visits")
        await #expect(throws: StoreError.self) { try await store.commit(transaction) }  // unknown
        _ = try await store.commit(transaction)  // tells: it had been applied
        #expect(try await base.counter("visits") == 1)
        #expect(store.unfiredFaults.isEmpty)  // a fault that never came about proves nothing
        // end of guide
    }

    // guide: Laws
    @Test(arguments: StoreLaws.all)
    func everyLawOfStoreHolds(_ law: StoreLaw) async throws {
        try await law.check { InMemoryStore() }  // your adapter, over an empty database
    }
    // end of guide

    @Test func anInventoryIsTriedWithRandomCalls() async throws {
        // guide: Random histories of inventories
        for seed in 1...100 as ClosedRange<UInt64> {
            try await InventoryTrials.checkHistory(seed: seed) { InMemoryInventory() }
        }
        try await InventoryTrials.walk(steps: 1_000, seed: 1) { InMemoryInventory() }
        try await InventoryTrials.sell(100, to: 1_000) { InMemoryInventory() }
        // end of guide
    }

    @Test func aDeclinedPaymentGivesTheStockBack() async throws {
        // guide: The gateway
        let clock = ManualClock()
        let identifiers = SeededIdentifiers(seed: 7)
        let inventory = InMemoryInventory()
        let script = GatewayScript([.authorize: GatewayRates(declined: .percent(100))])
        let checkout = Checkout(
            store: InMemoryStore(wallClock: clock.wall, clock: clock),
            inventory: inventory,
            gateway: ScriptedPaymentGateway(script, seed: 7, clock: clock),
            codec: .json,
            identifiers: identifiers,
            configuration: CheckoutConfiguration(gatewayTimeout: nil),
            randomness: SeededRandomSource(seed: 7),
            wallClock: clock.wall,
            clock: clock
        )
        let receipt = StockChange.restock(id: identifiers.next(), sku: "espresso", quantity: .one, at: clock.wall.now)
        try inventory.record(receipt)
        let line = OrderLine(sku: "espresso", quantity: .one, unitPrice: Money(minorUnits: 4_500, .krw))
        let request = CheckoutRequest(order: identifiers.next(), buyer: identifiers.next(), lines: [line])

        let outcome = try await clock.advancing { try await checkout.place(request) }
        guard case .refused(.payment(let error)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(error.code == .declined)
        #expect(try await inventory.stock(of: "espresso")?.available == 1)
        // end of guide
    }
}
