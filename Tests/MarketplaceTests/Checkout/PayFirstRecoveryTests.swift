import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

struct PayFirstRecoveryTests {
    @Test(
        arguments: [CommitFault.crashBefore, .crashAfter, .loseAnswer, .loseRequest],
        [Quantity.one, .units(3)]
    )
    func aFaultAtAnyCommitChangesNothingAboutTheEnd(_ fault: CommitFault, wanted: Quantity) async throws {
        var number = 1
        while try await isReached(number, fault, wanted) { number += 1 }
        #expect(number > 7, "a purchase has more commits than that")
    }

    /// Buys with a fault at one commit, restarts, and checks the end; false when there was no such commit.
    private func isReached(_ number: Int, _ fault: CommitFault, _ wanted: Quantity) async throws -> Bool {
        let shop = try await PaidShop(stock: .units(2))
        let request = PaidShop.request(wanted)
        let faulty = FaultInjectingStore(shop.base)
        faulty.inject(fault, atCommit: number)
        _ = try? await shop.place(request, at: shop.checkout(over: faulty))
        guard faulty.unfiredFaults.isEmpty else { return false }

        let successor = shop.checkout(seed: 2)
        _ = try await successor.sagas.recover()
        let outcome = try await shop.place(request, at: successor)
        let place = "\(fault) at commit \(number)"
        let isConfirmed = try await shop.expectAllOrNothing(request, place)
        #expect(isConfirmed == (wanted == .one), "\(place): \(outcome)")
        return true
    }

    /// Every attempt to create the order loses its request, so that nobody knows whether one is still under way.
    @Test(arguments: CheckoutFlow.allCases)
    func anOrderThatIsCreatedLateFindsItselfFailed(_ flow: CheckoutFlow) async throws {
        let shop = try await PaidShop(stock: .units(2))
        let request = PaidShop.request()
        let store = FaultInjectingStore(shop.base) { _, transaction in
            let names = transaction.appends.flatMap(\.events).map(\.name)
            return names == [OrderCreated.eventName] ? .loseRequest : nil
        }
        guard case .refused = try await shop.place(request, at: shop.checkout(flow, over: store)) else {
            Issue.record("not refused")
            return
        }
        #expect(!store.firedFaults.isEmpty)
        let create = OrderAction.create(id: request.order, buyer: request.buyer, lines: request.lines)
        let late = ActorCommand(create, by: .buyer(request.buyer), at: shop.clock.wall.now)
        try await shop.orders.handle(late, on: request.order, key: "late", at: shop.clock.wall.now)
        #expect(try await shop.orders.load(request.order).root.status == .failed)
    }

    @Test func inAConcurrentSaleEveryUnitIsSoldAtMostOnceAndPaidForByWhoeverGotIt() async {
        await PropertyRun.checkAsync(8) { run in try await sale(seed: run.seed) }
    }

    private func sale(seed: UInt64) async throws {
        let script = GatewayScript([
            .authorize: GatewayRates(
                declined: .percent(5),
                timedOutAfterEffect: .percent(10),
                timedOutBeforeEffect: .percent(10),
                unreachable: .percent(5)
            ),
            .capture: GatewayRates(declined: .percent(5), timedOutAfterEffect: .percent(10)),
            .void: GatewayRates(timedOutAfterEffect: .percent(20)),
            .refund: GatewayRates(timedOutAfterEffect: .percent(20), unreachable: .percent(20)),
        ])
        let shop = try await PaidShop(stock: .units(20), script, seed: seed)
        let uncertain = FaultInjectingStore(shop.base, rule: FaultInjectingStore.uncertainty(oneIn: 10, seed: seed))
        let checkout = shop.checkout(over: uncertain, seed: seed)
        let requests = (1...60).map { PaidShop.request(order: UInt128($0)) }
        try await shop.clock.advancing {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for request in requests { group.addTask { _ = try await checkout.place(request) } }
                try await group.waitForAll()
            }
        }
        #expect(!uncertain.firedFaults.isEmpty)
        var sold: Int64 = 0
        for request in requests {
            if try await shop.expectAllOrNothing(request, "\(request.order), PROPERTY_SEED=\(seed)") { sold += 1 }
        }
        let level = try #require(try await shop.inventory.stock(of: "espresso"))
        #expect(level.allocated == sold)
        #expect(level.held == 0)
        #expect(level.available == 20 - sold)
        #expect(sold == 20, "60 came for 20, and not every payment was declined; PROPERTY_SEED=\(seed)")
    }
}
