import Marketplace
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// What orders count on, and what is there: parcels that did not arrive, and holds that run out too early.
struct OrderStockTests {
    private static let first = ShipmentID(bits: 1)
    private static let second = ShipmentID(bits: 2)
    private static let all = [OrderUnits(lineIndex: 0, units: 2), OrderUnits(lineIndex: 1, units: 1)]
    private static let two = [OrderUnits(lineIndex: 0, units: 2)]
    private static let payment = PaymentID(bits: 78)

    /// Has somebody else buy all cups but so many.
    private static func sellOut(_ mall: MallFloor, but left: Int64 = 0) async throws -> Int64 {
        // What has run out is free for the next buyer.
        _ = try mall.inventory.expire(dueBy: mall.clock.wall.now, limit: 100)
        let available = try #require(try await mall.available("cup")) - left
        let now = mall.clock.wall.now
        let request = ReservationRequest(
            id: ReservationID(bits: 0xF00),
            lines: ReservationLines(ReservationLine("cup", .units(Int(available)))),
            member: "somebody else",
            deadline: now.advanced(by: .hours(1)),
            at: now
        )
        try mall.inventory.reserve(request)
        try mall.inventory.allocate(request.id, at: now)
        return available
    }

    // A lost parcel that was shipped again was taken from stock once.
    @Test func aReplacementOfALostParcelLeavesTheStockAsTheFirstOneDid() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        try await mall.send(Self.first, Self.all)
        #expect(try await mall.inventory.stock(of: "cup")?.onHand == 7)
        for key in ["lost", "lost again"] as [IdempotencyKey] {
            try await mall.shipments.reportLost(Self.first, by: MallFloor.cupsSeller, key: key)
        }
        #expect(try await mall.inventory.stock(of: "cup")?.onHand == 7)
        try await mall.pack(Self.second, Self.all)
        #expect(try await mall.available("cup") == 4)
        for key in ["hand over", "again"] as [IdempotencyKey] {
            try await mall.shipments.handOver(Self.second, by: MallFloor.cupsSeller, key: key)
        }
        #expect(try await mall.inventory.stock(of: "cup")?.onHand == 4)
        try await mall.shipments.confirmDelivery(of: Self.second, by: MallFloor.asBuyer, key: "there")
        #expect(try await mall.order(MallFloor.cupsOrder).status == .delivered)
        try await mall.expectStockFollows()
    }

    @Test func withoutStockNoReplacementIsPackedAndTheOrderCanBeCalledOff() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        try await mall.send(Self.first, Self.all)
        try await mall.shipments.reportLost(Self.first, by: MallFloor.cupsSeller, key: "lost")
        let sold = try await Self.sellOut(mall, but: 1)
        let refusal = await #expect(throws: OrdersError.self) {
            try await mall.shipments.create(
                Self.second,
                of: MallFloor.cupsOrder,
                Self.all,
                by: MallFloor.cupsSeller,
                key: "pack"
            )
        }
        guard case .stock(.refused(.insufficientStock("cup", requested: 3, available: 1)))? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(refusal?.effect == .refused)
        #expect(try await mall.order(MallFloor.cupsOrder).parcels[Self.second] == nil)
        // What is there can be sent; what is not, is called off and paid back.
        try await mall.send(Self.second, [OrderUnits(lineIndex: 1, units: 1)])
        try await mall.orders.change(
            MallFloor.cupsOrder,
            [OrderLineChange(lineIndex: 0, units: 0)],
            by: MallFloor.cupsSeller,
            key: "off"
        )
        #expect(try mall.moved()?.refunded == MallFloor.won(2_000))
        try await mall.expectStockFollows(taken: sold)
    }

    @Test func whoeverPacksWhatAnotherHasTakenMeanwhilePacksNothingThatIsNotThere() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let one = [OrderUnits(lineIndex: 0, units: 1)]
        try await mall.send(Self.first, one)
        try await mall.shipments.reportLost(Self.first, by: MallFloor.cupsSeller, key: "lost")
        let sold = try await Self.sellOut(mall)
        let store = FaultInjectingStore(
            mall.store,
            beforeCommit: { number in
                guard number == 1 else { return }
                try? await mall.pack(ShipmentID(bits: 3), one)
            }
        )
        let slow = mall.process(5, over: store).shipments
        let refusal = await #expect(throws: OrdersError.self) {
            try await slow.create(Self.second, of: MallFloor.cupsOrder, one, by: MallFloor.cupsSeller, key: "pack")
        }
        guard case .stock(.refused(.insufficientStock))? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(try await mall.order(MallFloor.cupsOrder).parcels[Self.second] == nil)
        try await mall.expectStockFollows(taken: sold)
    }

    @Test func aStrangerWhoPacksAReplacementHoldsNoStock() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        try await mall.send(Self.first, Self.all)
        try await mall.shipments.reportLost(Self.first, by: MallFloor.cupsSeller, key: "lost")
        for actor in [CommandActor.visitor, MallFloor.asBuyer, .seller(MallFloor.teas)] {
            await #expect(throws: OrdersError.self) {
                try await mall.shipments.create(
                    Self.second,
                    of: MallFloor.cupsOrder,
                    Self.all,
                    by: actor,
                    key: "pack"
                )
            }
        }
        #expect(try await mall.available("cup") == 7)
    }

    @Test func whatCameBackUnopenedIsInStockAndLeavesItAgain() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        try await mall.send(Self.first, Self.all)
        for key in ["back", "back again"] as [IdempotencyKey] {
            try await mall.shipments.noteReturned(Self.first, by: MallFloor.cupsSeller, key: key)
        }
        #expect(try await mall.available("cup") == 10)
        try await mall.send(Self.second, Self.two)
        #expect(try await mall.inventory.stock(of: "cup")?.onHand == 8)
        try await mall.orders.change(
            MallFloor.cupsOrder,
            [OrderLineChange(lineIndex: 1, units: 0)],
            by: MallFloor.cupsSeller,
            key: "off"
        )
        #expect(try await mall.available("cup") == 8)
        try await mall.expectStockFollows()
    }

    @Test func aReplacementWhoseHoldRanOutIsSetAsideAnewOrDoesNotLeave() async throws {
        for isSoldOut in [false, true] {
            let mall = try MallFloor()
            try await mall.buy()
            try await mall.send(Self.first, Self.two)
            try await mall.shipments.reportLost(Self.first, by: MallFloor.cupsSeller, key: "lost")
            // The process dies between the packing and the promise.
            let dying = DyingInventory(mall.inventory, atChange: 2, takesEffect: false)
            _ = try? await mall.process(5, dying).shipments.create(
                Self.second,
                of: MallFloor.cupsOrder,
                Self.two,
                by: MallFloor.cupsSeller,
                key: "pack"
            )
            #expect(try await mall.order(MallFloor.cupsOrder).owesStock)
            mall.clock.advance(by: .hours(1))
            let sold = isSoldOut ? try await Self.sellOut(mall) : 0
            let waybill = Waybill(carrier: "cj", trackingNumber: "2")
            try await mall.shipments.registerWaybill(
                waybill,
                for: Self.second,
                by: MallFloor.cupsSeller,
                key: "waybill"
            )
            func handOver() async throws {
                try await mall.shipments.handOver(Self.second, by: MallFloor.cupsSeller, key: "hand over")
            }
            if isSoldOut {
                for _ in 0..<2 {
                    let refusal = await #expect(throws: OrdersError.self) { try await handOver() }
                    guard case .stock(.refused)? = refusal else {
                        Issue.record("\(String(describing: refusal))")
                        return
                    }
                }
                #expect(try await mall.orders.sweep().failures.count == 1)
                #expect(try await mall.shipments.shipment(Self.second, by: .system).status == .created)
                try await mall.shipments.cancel(Self.second, by: MallFloor.cupsSeller, key: "cancel")
                #expect(try await mall.orders.sweep().failures.isEmpty)
            } else {
                try await handOver()
            }
            try await mall.expectStockFollows(taken: sold, "sold out: \(isSoldOut)")
        }
    }

    @Test func whatAChangeAddedIsSetAsideAnewWhenItsHoldRanOutBeforeItWasPromised() async throws {
        let mall = try await Self.changedInHaste()
        mall.clock.advance(by: .hours(1))
        #expect(try await mall.orders.sweep().failures.isEmpty)
        #expect(try await mall.order(MallFloor.cupsOrder).units[0].owed == 4)
        try await mall.expectStockFollows()
    }

    @Test func whatAChangeAddedAndIsGoneIsTakenOffAndPaidBackOnce() async throws {
        let mall = try await Self.changedInHaste()
        mall.clock.advance(by: .hours(1))
        let sold = try await Self.sellOut(mall)
        let (one, other) = (mall.process(8).orders, mall.process(9).orders)
        async let left = one.sweep()
        async let right = other.sweep()
        let failures = try await left.failures + right.failures
        #expect(failures.allSatisfy { $0.effect != .refused }, "\(failures)")
        #expect(try await mall.orders.sweep().failures.isEmpty)
        let order = try await mall.order(MallFloor.cupsOrder)
        #expect(order.units[0].owed == 2 && order.total == MallFloor.won(3_000))
        #expect(order.refunds.map(\.isSettled) == [true])
        #expect(try mall.gateway.entries().totals()[Self.payment]?.refunded == MallFloor.won(2_000))
        #expect(try mall.moved()?.refunded.isZero != false)
        try await mall.expectStockFollows(taken: sold)
    }

    @Test func whoeverChangesIsToldThatTheAddedUnitsWereGone() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        try await Self.pay(mall)
        let sold = Mutex<Int64>(0)
        let store = FaultInjectingStore(
            mall.store,
            beforeCommit: { number in
                // Between the hold and its promise an hour passes, and somebody else buys the rest.
                guard number == 1 else { return }
                mall.clock.advance(by: .hours(1))
                let units = (try? await Self.sellOut(mall)) ?? 0
                sold.withLock { $0 = units }
            }
        )
        let slow = mall.process(5, over: store).orders
        let refusal = await #expect(throws: OrdersError.self) { try await Self.change(slow) }
        guard case .changeUndone(MallFloor.cupsOrder, change: 1)? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        #expect(refusal?.effect == .refused)
        #expect(try mall.gateway.entries().totals()[Self.payment]?.refunded == MallFloor.won(2_000))
        try await mall.expectStockFollows(taken: sold.withLock { $0 })
    }

    @Test(arguments: [true, false])
    func aPurchaseWhoseHoldRanOutBeforeItWasPromisedIsNeitherOversoldNorPaidForNothing(_ isSoldOut: Bool) async throws {
        let mall = try MallFloor(flow: .payFirst)
        let dying = DyingInventory(mall.inventory, atChange: 2, takesEffect: false)
        func checkout(_ inventory: any InventoryStore, _ seed: UInt64, over store: any Store) -> Checkout {
            Checkout(
                store: store,
                inventory: inventory,
                gateway: mall.gateway,
                codec: .json,
                identifiers: SeededIdentifiers(seed: seed),
                configuration: CheckoutConfiguration(flow: .payFirst, gatewayTimeout: nil),
                randomness: SeededRandomSource(seed: seed),
                wallClock: mall.clock.wall,
                clock: mall.clock
            )
        }
        // Held, and dead before it is promised.
        let dead = FaultInjectingStore(mall.store, rule: { _, _ in dying.isDead ? .crashBefore : nil })
        let first = checkout(dying, 7, over: dead)
        _ = try? await mall.clock.advancing { try await first.place(MallFloor.request()) }
        #expect(dying.isDead)
        #expect(try await mall.inventory.stock(of: "cup")?.held == 3)
        mall.clock.advance(by: .hours(2))
        let sold = isSoldOut ? try await Self.sellOut(mall) : 0
        let successor = checkout(mall.inventory, 8, over: mall.store)
        _ = try await successor.sagas.recover()
        let outcome = try await mall.clock.advancing { try await successor.place(MallFloor.request()) }
        guard case .refused(.stock(.expired)) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        let moved = try #require(try mall.moved())
        #expect(moved.captured == MallFloor.won(4_500) && moved.refunded == moved.captured)
        #expect(try await mall.order(MallFloor.cupsOrder).status == .failed)
        #expect(try await mall.inventory.stock(of: "cup")?.allocated == sold)
    }

    @Test func whatWasCalledOffAfterItsHoldRanOutIsNotSetFreeTwice() async throws {
        let mall = try await Self.changedInHaste()
        mall.clock.advance(by: .hours(1))
        try await mall.orders.change(
            MallFloor.cupsOrder,
            [OrderLineChange(lineIndex: 0, units: 2)],
            by: MallFloor.asBuyer,
            key: "fewer"
        )
        try await mall.expectStockFollows()
        try await mall.orders.cancel(MallFloor.cupsOrder, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        try await mall.expectStockFollows()
        #expect(try await mall.available("cup") == 10)
    }

    @Test func anOrderWhoseReservationIsForgottenShipsWhatIsReplaced() async throws {
        let mall = try MallFloor()
        // Of one seller, so that nothing of its reservation is left.
        try await mall.buy(MallFloor.request([MallFloor.lines[0], MallFloor.lines[2]]))
        let order = MallFloor.purchase
        try await mall.orders.change(
            order,
            [OrderLineChange(lineIndex: 1, units: 0)],
            by: MallFloor.asBuyer,
            key: "fewer"
        )
        try await mall.send(Self.first, Self.two, of: order)
        // Long after, when the inventory remembers nothing of it.
        mall.clock.advance(by: .days(400))
        let now = mall.clock.wall.now
        for number in 1_001...1_500 as ClosedRange<UInt128> {
            // It forgets a little with each reservation.
            let request = ReservationRequest(
                id: ReservationID(bits: number),
                lines: ReservationLines(ReservationLine("card", .one)),
                member: "somebody",
                deadline: now.advanced(by: .minutes(1)),
                at: now
            )
            try mall.inventory.reserve(request)
            try mall.inventory.release(request.id, at: now)
        }
        let purchase = ReservationID(bits: MallFloor.purchase.bits)
        #expect(try mall.inventory.reservation(purchase) == nil)
        try await mall.shipments.reportLost(Self.first, by: MallFloor.cupsSeller, key: "lost")
        try await mall.pack(Self.second, Self.two, of: order)
        try await mall.expectStockFollows([order])
        try await mall.orders.change(
            order,
            [OrderLineChange(lineIndex: 1, units: 0)],
            by: MallFloor.cupsSeller,
            key: "nothing"
        )
        try await mall.shipments.handOver(Self.second, by: MallFloor.cupsSeller, key: "hand over")
        try await mall.expectStockFollows([order])
    }

    /// A mall where an order was changed to more, paid for and held, and the process died before that was promised.
    private static func changedInHaste() async throws -> MallFloor {
        let mall = try MallFloor()
        try await mall.buy()
        try await pay(mall)
        let dying = DyingInventory(mall.inventory, atChange: 2, takesEffect: false)
        _ = try? await change(mall.process(5, dying).orders)
        let order = try await mall.order(MallFloor.cupsOrder)
        #expect(order.units[0].owed == 4 && order.owesStock)
        return mall
    }

    private static func pay(_ mall: MallFloor) async throws {
        try await mall.take(MallFloor.won(2_000), as: payment)
        try await mall.pay(MallFloor.won(2_000), for: MallFloor.cupsOrder, as: payment)
    }

    private static func change(_ orders: Orders) async throws {
        let more = [OrderLineChange(lineIndex: 0, units: 4)]
        try await orders.change(MallFloor.cupsOrder, more, paidBy: payment, by: MallFloor.asBuyer, key: "more")
    }
}
