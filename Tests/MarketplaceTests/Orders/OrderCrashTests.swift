import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// A process dies at any commit, or is not answered; what it left is finished by its successor.
struct OrderCrashTests {
    static let faults: [CommitFault] = [.crashBefore, .crashAfter, .loseAnswer, .loseRequest]

    private static func orders(_ mall: MallFloor, over store: any Store, seed: UInt64) -> Orders {
        let environment = ServiceEnvironment(
            store: store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: seed),
            wallClock: mall.clock.wall
        )
        return Orders(in: environment, gateway: mall.gateway, inventory: mall.inventory)
    }

    @Test(arguments: faults)
    func aCancellationThatWasInterruptedAnywhereRefundsOnceInTheEnd(_ fault: CommitFault) async throws {
        var commit = 1
        while true {
            let mall = try MallFloor()
            try await mall.buy()
            let faulty = FaultInjectingStore(mall.store)
            faulty.inject(fault, atCommit: commit)
            _ = try? await Self.orders(mall, over: faulty, seed: 5).cancel(
                MallFloor.cupsOrder,
                because: .buyerRequest,
                by: MallFloor.asBuyer,
                key: "cancel"
            )
            guard faulty.unfiredFaults.isEmpty else { break }
            let place = "\(fault) at commit \(commit)"
            let successor = Self.orders(mall, over: mall.store, seed: 6)
            #expect(try await successor.sweep().failures.isEmpty, "\(place)")
            // The buyer, who was not answered, asks again.
            let order = try await successor.cancel(
                MallFloor.cupsOrder,
                because: .buyerRequest,
                by: MallFloor.asBuyer,
                key: "cancel"
            )
            #expect(order.status == .canceled && order.refunds.map(\.isSettled) == [true], "\(place)")
            #expect(try mall.moved()?.refunded == MallFloor.won(3_000), "\(place)")
            #expect(try mall.gateway.entries().count { $0.kind == .refund } == 1, "\(place)")
            #expect(try await mall.available("cup") == 10, "\(place)")
            commit += 1
        }
        // The order, the refund begun and completed, and the note.
        #expect(commit == 5)
    }

    @Test(arguments: faults, CheckoutFlow.allCases)
    func aGroupThatWasInterruptedAnywhereIsBoughtAsAWholeOrNotAtAll(
        _ fault: CommitFault,
        _ flow: CheckoutFlow
    ) async throws {
        var commit = 1
        while true {
            let mall = try MallFloor(flow: flow)
            func checkout(over store: any Store, seed: UInt64) -> Checkout {
                Checkout(
                    store: store,
                    inventory: mall.inventory,
                    gateway: mall.gateway,
                    codec: .json,
                    identifiers: SeededIdentifiers(seed: seed),
                    configuration: CheckoutConfiguration(flow: flow, gatewayTimeout: nil),
                    randomness: SeededRandomSource(seed: seed),
                    wallClock: mall.clock.wall,
                    clock: mall.clock
                )
            }
            let faulty = FaultInjectingStore(mall.store)
            faulty.inject(fault, atCommit: commit)
            let first = checkout(over: faulty, seed: 7)
            _ = try? await mall.clock.advancing { try await first.place(MallFloor.request()) }
            guard faulty.unfiredFaults.isEmpty else { break }
            let place = "\(fault) at commit \(commit), \(flow)"
            let successor = checkout(over: mall.store, seed: 8)
            _ = try await successor.sagas.recover()
            _ = try await mall.clock.advancing { try await successor.place(MallFloor.request()) }
            let statuses = [
                try await mall.order(MallFloor.cupsOrder).status, try await mall.order(MallFloor.teasOrder).status,
            ]
            #expect(statuses == [.confirmed, .confirmed], "\(place)")
            #expect(try mall.moved()?.captured == MallFloor.won(4_500), "\(place)")
            #expect(try await mall.orders.group(MallFloor.group, by: .system).orders.count == 2, "\(place)")
            #expect(try await mall.inventory.stock(of: "cup")?.allocated == 3, "\(place)")
            commit += 1
        }
        #expect(commit > 5)
    }
}
