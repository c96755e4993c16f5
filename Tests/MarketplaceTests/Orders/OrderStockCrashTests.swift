import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// A process dies between the commit of a command and the booking of its stock, or loses its inventory there: a sweep
/// finishes it exactly once, also when it dies itself or two of them sweep at once.
struct OrderStockCrashTests {
    /// A command that moves stock, with what comes before it.
    enum Place: CaseIterable {
        case handOver, cancel, cancelGroup, cancelForNothing, acceptCancellation
        case fewer, more, cameBack, replacement, unpacked, resent
    }

    private static let first = ShipmentID(bits: 1)
    private static let second = ShipmentID(bits: 2)
    private static let two = [OrderUnits(lineIndex: 0, units: 2)]
    private static let paid = PaymentID(bits: 78)

    private static func order(_ place: Place) -> OrderID {
        place == .cancelForNothing ? MallFloor.purchase : MallFloor.cupsOrder
    }

    private static func orders(_ place: Place) -> [OrderID] {
        place == .cancelForNothing ? [MallFloor.purchase] : [MallFloor.cupsOrder, MallFloor.teasOrder]
    }

    private static func floor(before place: Place) async throws -> MallFloor {
        let mall = try MallFloor()
        if place == .cancelForNothing {
            try await mall.buy(MallFloor.request([MallFloor.line("cup", .units(3), 0, of: MallFloor.cups)]))
            return mall
        }
        try await mall.buy()
        switch place {
        case .handOver: try await mall.pack(first, two)
        case .acceptCancellation:
            try await mall.orders.requestCancellation(
                of: MallFloor.cupsOrder,
                because: .buyerRequest,
                by: MallFloor.asBuyer,
                key: "ask"
            )
        case .more: try await mall.pay(MallFloor.won(2_000), for: MallFloor.cupsOrder, as: paid)
        case .cameBack: try await mall.send(first, two)
        case .replacement, .unpacked, .resent:
            try await mall.send(first, two)
            try await mall.shipments.reportLost(first, by: MallFloor.cupsSeller, key: "lost")
            if place != .replacement { try await mall.pack(second, two) }
        case .cancel, .cancelGroup, .cancelForNothing, .fewer: break
        }
        return mall
    }

    private static func perform(_ place: Place, in process: MallFloor.Process) async throws {
        let (orders, shipments) = (process.orders, process.shipments)
        let (seller, buyer) = (MallFloor.cupsSeller, MallFloor.asBuyer)
        let id = order(place)
        switch place {
        case .handOver: try await shipments.handOver(first, by: seller, key: "do")
        case .resent: try await shipments.handOver(second, by: seller, key: "do")
        case .cancel, .cancelForNothing:
            try await orders.cancel(id, because: .buyerRequest, by: buyer, key: "do")
        case .cancelGroup:
            try await orders.cancelGroup(MallFloor.group, because: .buyerRequest, by: buyer, key: "do")
        case .acceptCancellation: try await orders.acceptCancellation(of: id, by: seller, key: "do")
        case .fewer: try await orders.change(id, [OrderLineChange(lineIndex: 0, units: 1)], by: buyer, key: "do")
        case .more:
            let more = [OrderLineChange(lineIndex: 0, units: 4)]
            try await orders.change(id, more, paidBy: paid, by: buyer, key: "do")
        case .cameBack: try await shipments.noteReturned(first, by: seller, key: "do")
        case .replacement: try await shipments.create(second, of: id, two, by: seller, key: "do")
        case .unpacked: try await shipments.cancel(second, by: seller, key: "do")
        }
    }

    /// Sweeps after whatever was left: once dying itself, then twice at once.
    private static func sweep(_ mall: MallFloor, _ note: String) async throws {
        let faulty = FaultInjectingStore(mall.store)
        faulty.inject(.crashAfter, atCommit: 1)
        _ = try? await mall.process(6, over: faulty).orders.sweep()
        let dying = DyingInventory(mall.inventory, atChange: 1, takesEffect: true)
        _ = try? await mall.process(7, dying).orders.sweep()
        let (one, other) = (mall.process(8).orders, mall.process(9).orders)
        async let left = one.sweep()
        async let right = other.sweep()
        let failures = try await left.failures + right.failures
        #expect(failures.allSatisfy { $0.effect != .refused }, "\(note): \(failures)")
        let last = try await mall.process(10).orders.sweep()
        #expect(last.failures.isEmpty, "\(note): \(last.failures)")
    }

    @Test(arguments: Place.allCases, OrderCrashTests.faults)
    func theStockFollowsWhereverTheStoreIsLost(_ place: Place, _ fault: CommitFault) async throws {
        for isLate in [false, true] {
            var commit = 1
            while true {
                let mall = try await Self.floor(before: place)
                let faulty = FaultInjectingStore(mall.store)
                faulty.inject(fault, atCommit: commit)
                _ = try? await Self.perform(place, in: mall.process(5, over: faulty))
                guard faulty.unfiredFaults.isEmpty else { break }
                let note = "\(place), \(fault) at commit \(commit), late: \(isLate)"
                if isLate { mall.clock.advance(by: .hours(1)) }
                try await Self.sweep(mall, note)
                try await mall.expectStockFollows(Self.orders(place), note)
                // Whoever was not answered asks again.
                try await Self.perform(place, in: mall.process(11))
                try await mall.expectStockFollows(Self.orders(place), note)
                commit += 1
            }
            // The command and the note at least.
            #expect(commit > 2)
        }
    }

    @Test(arguments: Place.allCases, [true, false])
    func theStockFollowsWhereverTheInventoryIsLost(_ place: Place, _ takesEffect: Bool) async throws {
        for isLate in [false, true] {
            var number = 1
            while true {
                let mall = try await Self.floor(before: place)
                let dying = DyingInventory(mall.inventory, atChange: number, takesEffect: takesEffect)
                _ = try? await Self.perform(place, in: mall.process(5, dying))
                guard dying.isDead else { break }
                let note = "\(place), change \(number), effect: \(takesEffect), late: \(isLate)"
                if isLate { mall.clock.advance(by: .hours(1)) }
                try await Self.sweep(mall, note)
                try await mall.expectStockFollows(Self.orders(place), note)
                try await Self.perform(place, in: mall.process(11))
                try await mall.expectStockFollows(Self.orders(place), note)
                number += 1
            }
            #expect(number > 1)
        }
    }

    @Test func stockThatIsStuckHoldsUpNoRefund() async throws {
        let mall = try await Self.floor(before: .cancel)
        let dying = DyingInventory(mall.inventory, atChange: 1, takesEffect: false)
        await #expect(throws: OrdersError.self) { try await Self.perform(.cancel, in: mall.process(5, dying)) }
        let order = try await mall.order(MallFloor.cupsOrder)
        #expect(order.owesStock && order.refunds.map(\.isSettled) == [true])
        try await Self.sweep(mall, "")
        try await mall.expectStockFollows()
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
    }
}
