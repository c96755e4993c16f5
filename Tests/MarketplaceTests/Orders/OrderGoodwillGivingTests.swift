import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Goodwill that is given on an order: once, whatever happens, and never more than was paid.
@Suite struct OrderGoodwillGivingTests {
    private static let staff = CommandActor.operator(MallFloor.staff)

    @discardableResult
    private static func give(
        _ amount: Int64,
        on id: OrderID = MallFloor.cupsOrder,
        atCostOf bearer: GoodwillBearer = .marketplace,
        by actor: CommandActor = staff,
        key: IdempotencyKey = "gesture",
        at orders: Orders
    ) async throws -> Order {
        try await orders.giveGoodwill(
            MallFloor.won(amount),
            on: id,
            atCostOf: bearer,
            because: .lateDelivery,
            by: actor,
            key: key
        )
    }

    private static func refusal(_ body: () async throws -> Void) async -> OrderRejection? {
        do {
            try await body()
            return nil
        } catch {
            guard case .refused(let rejection)? = error as? OrdersError else { return nil }
            return rejection
        }
    }

    // The full amount was asked for, which the payment refused, so that the refund was owed for ever.
    @Test func anOrderThatIsCalledOffAfterGoodwillGivesWhatIsLeft() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        for _ in 0..<2 {
            let order = try await Self.give(500, at: mall.orders)
            #expect(order.refunds.map(\.isSettled) == [true])
        }
        #expect(try mall.moved()?.refunded == MallFloor.won(500))
        let order = try await mall.orders.cancel(
            MallFloor.cupsOrder,
            because: .buyerRequest,
            by: MallFloor.asBuyer,
            key: "cancel"
        )
        #expect(order.refunds.map(\.isSettled) == [true, true])
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
        let split = try #require(try await mall.orders.split(of: MallFloor.group, by: .system))
        #expect(split.net(of: MallFloor.cupsOrder).isZero)
        #expect(split.net(of: MallFloor.teasOrder) == MallFloor.won(1_500))
        #expect(try await mall.orders.sweep().failures.isEmpty)
    }

    @Test func anotherAmountUnderTheSameKeyIsRefused() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        try await Self.give(500, at: mall.orders)
        await #expect(throws: OrdersError.self) { try await Self.give(501, at: mall.orders) }
        #expect(try mall.moved()?.refunded == MallFloor.won(500))
    }

    @Test func aSellerGivesWhatIsTheirOwnOnTheirOrdersAlone() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let cases: [(CommandActor, GoodwillBearer, Bool)] = [
            (.seller(MallFloor.cups), .seller, true), (.seller(MallFloor.cups), .marketplace, false),
            (.seller(MallFloor.teas), .seller, false), (MallFloor.asBuyer, .seller, false), (.system, .seller, false),
            (.visitor, .marketplace, false), (Self.staff, .seller, true),
        ]
        for (number, (actor, bearer, isAllowed)) in cases.enumerated() {
            let key = IdempotencyKey(unchecked: "\(number)")
            var isGiven = true
            do { try await Self.give(10, atCostOf: bearer, by: actor, key: key, at: mall.orders) } catch {
                isGiven = false
            }
            #expect(isGiven == isAllowed, "\(actor) at the cost of \(bearer)")
        }
        #expect(try mall.moved()?.refunded == MallFloor.won(20))
    }

    @Test func whatWasGivenBackForNoOrderIsNotGivenAgain() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let purchase = PaymentID(bits: MallFloor.purchase.bits)
        try await mall.checkout.payments.refundPurchase(purchase, MallFloor.won(4_000), by: Self.staff, key: "bare")
        let refusal = await Self.refusal { try await Self.give(501, at: mall.orders) }
        #expect(
            refusal == .exceedsRefundable(requested: MallFloor.won(501), refundable: MallFloor.won(500))
        )
        #expect(try await mall.order(MallFloor.cupsOrder).refunds.isEmpty)
        try await Self.give(500, at: mall.orders)
        #expect(try mall.moved()?.refunded == MallFloor.won(4_500))
    }

    @Test func manyWhoGiveAtOnceGiveNoMoreThanWasPaid() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let orders = mall.orders
        let given = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<9 {
                group.addTask {
                    let key = IdempotencyKey(unchecked: "gesture \(number)")
                    return (try? await Self.give(500, key: key, at: orders)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        _ = try await orders.sweep()
        #expect(given == 6)
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
        #expect(try await mall.order(MallFloor.cupsOrder).refunds.map(\.isSettled) == Array(repeating: true, count: 6))
    }

    // Each order found the same money left, and one of them owed for ever what the payment had not.
    @Test func ordersOfOnePurchaseAreNotPromisedTheSameMoney() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let purchase = PaymentID(bits: MallFloor.purchase.bits)
        try await mall.checkout.payments.refundPurchase(purchase, MallFloor.won(4_000), by: Self.staff, key: "bare")
        // The other order is promised what is left just before this one is, and given nothing of it yet.
        let overtaken = FaultInjectingStore(
            mall.store,
            beforeCommit: { number in
                guard number == 1 else { return }
                let other = Repository<Order>(in: mall.store, codec: .json, identifiers: SeededIdentifiers(seed: 9))
                let action = OrderAction.giveGoodwill(MallFloor.won(500), atCostOf: .marketplace, because: .other)
                let now = mall.clock.wall.now
                let command = ActorCommand(action, by: Self.staff, at: now)
                _ = try? await other.handle(command, on: MallFloor.teasOrder, key: "gesture", at: now)
            }
        )
        let refusal = await Self.refusal { try await Self.give(500, at: mall.process(6, over: overtaken).orders) }
        #expect(refusal == .exceedsRefundable(requested: MallFloor.won(500), refundable: MallFloor.won(0)))
        #expect(try await mall.orders.sweep(limit: 10).failures.isEmpty)
        #expect(try mall.moved()?.refunded == MallFloor.won(4_500))
        for id in [MallFloor.cupsOrder, MallFloor.teasOrder] {
            #expect(try await mall.order(id).refunds.allSatisfy { $0.isSettled })
        }
    }

    @Test(arguments: OrderCrashTests.faults)
    func goodwillThatWasInterruptedAnywhereIsGivenOnce(_ fault: CommitFault) async throws {
        var commit = 1
        while true {
            let mall = try MallFloor()
            try await mall.buy()
            let faulty = FaultInjectingStore(mall.store)
            faulty.inject(fault, atCommit: commit)
            _ = try? await Self.give(700, at: mall.process(6, over: faulty).orders)
            guard faulty.unfiredFaults.isEmpty else { break }
            let successor = mall.process(7).orders
            _ = try await successor.sweep()
            try await Self.give(700, at: successor)
            #expect(try mall.moved()?.refunded == MallFloor.won(700), "\(fault) at commit \(commit)")
            #expect(try await mall.order(MallFloor.cupsOrder).refunds.map(\.isSettled) == [true])
            commit += 1
        }
        #expect(commit > 3)
    }

    // A return gave what was left of the purchase, which was another order's.
    @Test func aReturnAfterGoodwillTakesNothingOfOtherOrders() async throws {
        let desk = try await Desk()
        try await Self.give(2_500, at: desk.mall.orders)
        let value = try await desk.takeBack(1, line: 0, units: 2)
        #expect(value.isSettled && value.refunded == MallFloor.won(500))
        #expect(try await desk.mall.order(MallFloor.cupsOrder).refundable == MallFloor.won(0))
        let refusal = await Self.refusal { try await Self.give(1, key: "more", at: desk.mall.orders) }
        #expect(refusal == .exceedsRefundable(requested: MallFloor.won(1), refundable: MallFloor.won(0)))
        // The last cup was paid for by what was given before.
        let last = try await desk.takeBack(2, line: 1, units: 1)
        #expect(last.isSettled && last.refunded == MallFloor.won(0))
        #expect(try desk.mall.moved()?.refunded == MallFloor.won(3_000))
        let split = try #require(try await desk.mall.orders.split(of: MallFloor.group, by: .system))
        #expect(split.net(of: MallFloor.cupsOrder).isZero && split.net(of: MallFloor.teasOrder) == MallFloor.won(1_500))
    }

    @Test func goodwillBesideReturnsIsWhatTheyLeave() async throws {
        let desk = try await Desk()
        // One is given back, one is only asked for.
        try await desk.takeBack(1, line: 0, units: 2)
        try await desk.ask(2, line: 1, units: 1)
        let refusal = await Self.refusal { try await Self.give(1_001, at: desk.mall.orders) }
        #expect(refusal == .exceedsRefundable(requested: MallFloor.won(1_001), refundable: MallFloor.won(1_000)))
        try await Self.give(300, at: desk.mall.orders)
        let value = try await desk.receive(2, line: 1, units: 1)
        #expect(value.isSettled && value.refunded == MallFloor.won(700))
        #expect(try desk.mall.moved()?.refunded == MallFloor.won(3_000))
    }

    @Test func goodwillAndAReturnAtOnceGiveNoMoreThanWasPaid() async throws {
        for _ in 0..<10 {
            let desk = try await Desk()
            try await desk.ask(1, line: 0, units: 2)
            try await desk.ask(2, line: 1, units: 1)
            let orders = desk.mall.orders
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await desk.receive(1, line: 0, units: 2) }
                group.addTask { _ = try? await desk.receive(2, line: 1, units: 1) }
                for number in 0..<3 {
                    group.addTask {
                        _ = try? await Self.give(400, key: IdempotencyKey(unchecked: "\(number)"), at: orders)
                    }
                }
            }
            _ = try await desk.returns.sweep()
            #expect(try await orders.sweep().failures.isEmpty)
            #expect(try desk.mall.moved()?.refunded == MallFloor.won(3_000))
            let order = try await desk.mall.order(MallFloor.cupsOrder)
            #expect(order.refunds.allSatisfy { $0.isSettled } && order.refundable == MallFloor.won(0))
            for number in [1, 2] {
                let id = ReturnID(bits: UInt128(number))
                #expect(try await desk.returns.value(id, by: Self.staff).isSettled)
            }
        }
    }

    /// The cups of a purchase, which are there.
    private struct Desk: Sendable {
        let mall: MallFloor
        let returns: Returns
        let seller = CommandActor.seller(MallFloor.cups)

        init() async throws {
            mall = try MallFloor()
            try await mall.buy()
            returns = Returns(in: mall.environment, payments: mall.checkout.payments, inventory: mall.inventory)
            let shipment = ShipmentID(bits: 1)
            let units = [OrderUnits(lineIndex: 0, units: 2), OrderUnits(lineIndex: 1, units: 1)]
            try await mall.shipments.create(shipment, of: MallFloor.cupsOrder, units, by: seller, key: "create")
            let waybill = Waybill(carrier: "cj", trackingNumber: "1")
            try await mall.shipments.registerWaybill(waybill, for: shipment, by: seller, key: "bill")
            try await mall.shipments.handOver(shipment, by: seller, key: "hand over")
            try await mall.shipments.confirmDelivery(of: shipment, by: MallFloor.asBuyer, key: "there")
        }

        func ask(_ number: UInt128, line: Int, units: Int) async throws {
            let id = ReturnID(bits: number)
            let item = try ReturnDesk.item(line, units)
            try await returns.request(id, of: MallFloor.cupsOrder, [item], by: MallFloor.asBuyer, key: "request")
            try await returns.approve(id, by: seller, key: "approve")
        }

        @discardableResult
        func receive(_ number: UInt128, line: Int, units: Int) async throws -> OrderReturn {
            let back = [ReturnDesk.back(line, units)]
            return try await returns.receive(ReturnID(bits: number), back, by: seller, key: "receive")
        }

        @discardableResult
        func takeBack(_ number: UInt128, line: Int, units: Int) async throws -> OrderReturn {
            try await ask(number, line: line, units: units)
            return try await receive(number, line: line, units: units)
        }
    }
}
