import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Orders after they are placed: called off, changed, ended.
struct OrdersTests {
    @Test func cancelingAPaidOrderRefundsItOnceWhoeverReactsHoweverOften() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        try await mall.orders.cancel(
            MallFloor.cupsOrder,
            because: .buyerRequest,
            by: MallFloor.asBuyer,
            key: "cancel"
        )
        // The event is followed too, the command repeated, and the sweep comes by.
        try await mall.orders.settle(MallFloor.cupsOrder, by: .system)
        try await mall.orders.cancel(
            MallFloor.cupsOrder,
            because: .buyerRequest,
            by: MallFloor.asBuyer,
            key: "cancel"
        )
        try await mall.orders.cancel(MallFloor.cupsOrder, because: .other, by: .system, key: "again")
        #expect(try await mall.orders.sweep().failures.isEmpty)
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
        #expect(try mall.gateway.entries().filter { $0.kind == .refund }.count == 1)
        #expect(try await mall.available("cup") == 10)
        #expect(try await mall.available("tea") == 7)
        #expect(try await mall.order(MallFloor.teasOrder).status == .confirmed)
        let split = try #require(try await mall.orders.split(of: MallFloor.group, by: .system))
        #expect(split.net(of: MallFloor.cupsOrder).isZero)
        #expect(split.net(of: MallFloor.teasOrder) == MallFloor.won(1_500))
    }

    @Test func manyWhoSettleAtOnceRefundOnce() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let repository = Repository<Order>(in: mall.store, codec: .json, identifiers: SeededIdentifiers(seed: 9))
        let cancel = ActorCommand(OrderAction.cancel(.fraudSuspected), by: .system, at: mall.clock.wall.now)
        try await repository.handle(cancel, on: MallFloor.cupsOrder, key: "cancel", at: mall.clock.wall.now)
        let orders = mall.orders
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { try await orders.settle(MallFloor.cupsOrder, by: .system) } }
            try await group.waitForAll()
        }
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
        #expect(try await mall.order(MallFloor.cupsOrder).refunds.map(\.isSettled) == [true])
    }

    @Test(arguments: [
        GatewayRates(timedOutAfterEffect: .percent(100)), GatewayRates(timedOutBeforeEffect: .percent(50)),
    ])
    func aRefundOfUnknownOutcomeIsGivenOnceByTheSweep(_ rates: GatewayRates) async throws {
        let mall = try MallFloor([.refund: rates])
        try await mall.buy()
        for _ in 0..<20 {
            do {
                try await mall.orders.cancel(
                    MallFloor.cupsOrder,
                    because: .buyerRequest,
                    by: MallFloor.asBuyer,
                    key: "cancel"
                )
                break
            } catch {
                #expect(EffectOutcome(of: error) == .unknown)
            }
            #expect(try await mall.order(MallFloor.cupsOrder).status == .canceled)
            _ = try await mall.orders.sweep()
        }
        #expect(try await mall.order(MallFloor.cupsOrder).refunds.map(\.isSettled) == [true])
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
        #expect(try await mall.available("cup") == 10)
    }

    @Test func aGroupIsCalledOffAsAWholeOrNotAtAll() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        try await mall.orders.prepare(MallFloor.teasOrder, by: .seller(MallFloor.teas), key: "prepare")
        await #expect(throws: OrdersError.self) {
            try await mall.orders.cancelGroup(
                MallFloor.group,
                because: .buyerRequest,
                by: MallFloor.asBuyer,
                key: "cancel"
            )
        }
        #expect(try await mall.order(MallFloor.cupsOrder).status == .confirmed)
        let canceled = try await mall.orders.cancelGroup(
            MallFloor.group,
            because: .other,
            by: .operator(MallFloor.staff),
            key: "cancel by staff"
        )
        #expect(canceled.map(\.status) == [.canceled, .canceled])
        #expect(try mall.moved()?.refunded == MallFloor.won(4_500))
        #expect(try await mall.available("cup") == 10)
        #expect(try await mall.available("tea") == 10)
        let payment = try await Repository<Payment>(
            in: mall.store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 9)
        ).load(PaymentID(bits: MallFloor.purchase.bits)).root
        #expect(payment.status == .refunded)
    }

    @Test func aRequestIsDecidedByTheSellerWhoIsNoStranger() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let orders = mall.orders
        try await orders.prepare(MallFloor.cupsOrder, by: .seller(MallFloor.cups), key: "prepare")
        try await orders.requestCancellation(
            of: MallFloor.cupsOrder,
            because: .buyerRequest,
            by: MallFloor.asBuyer,
            key: "ask"
        )
        await #expect(throws: OrdersError.self) {
            try await orders.acceptCancellation(of: MallFloor.cupsOrder, by: .seller(MallFloor.teas), key: "accept")
        }
        try await orders.acceptCancellation(of: MallFloor.cupsOrder, by: .seller(MallFloor.cups), key: "accept")
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
    }

    @Test func aSmallerOrderGivesBackTheDifferenceAndTheStock() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let changes = [OrderLineChange(lineIndex: 0, units: 1)]
        let quote = try await mall.orders.quote(changes, of: MallFloor.cupsOrder, by: MallFloor.asBuyer)
        #expect(quote.settlement == .refund(MallFloor.won(1_000)))
        for _ in 0..<2 {
            try await mall.orders.change(MallFloor.cupsOrder, changes, by: MallFloor.asBuyer, key: "fewer")
        }
        #expect(try await mall.order(MallFloor.cupsOrder).total == MallFloor.won(2_000))
        #expect(try mall.moved()?.refunded == MallFloor.won(1_000))
        #expect(try await mall.available("cup") == 8)
        try await mall.orders.cancel(MallFloor.cupsOrder, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
        #expect(try await mall.available("cup") == 10)
    }

    @Test func aLargerOrderIsPaidForBeforeItGrows() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let changes = [OrderLineChange(lineIndex: 0, units: 4)]
        func change(paidBy payment: PaymentID?) async throws {
            try await mall.orders.change(
                MallFloor.cupsOrder,
                changes,
                paidBy: payment,
                by: MallFloor.asBuyer,
                key: "more"
            )
        }
        for payment in [nil, PaymentID(bits: MallFloor.purchase.bits), PaymentID(bits: 77)] {
            let refusal = await #expect(throws: OrdersError.self) { try await change(paidBy: payment) }
            guard case .unpaidDifference(let amount)? = refusal else {
                Issue.record("changed without being paid")
                return
            }
            #expect(amount == MallFloor.won(2_000))
        }
        #expect(try await mall.order(MallFloor.cupsOrder).total == MallFloor.won(3_000))
        try await mall.pay(MallFloor.won(2_000), for: MallFloor.cupsOrder, as: PaymentID(bits: 78))
        try await change(paidBy: PaymentID(bits: 78))
        try await change(paidBy: PaymentID(bits: 78))
        let order = try await mall.order(MallFloor.cupsOrder)
        #expect(order.total == MallFloor.won(5_000) && order.units[0].owed == 4)
        #expect(try await mall.available("cup") == 5)
        #expect(try await mall.inventory.stock(of: "cup")?.held == 0)
    }

    // It was decided anew, on what others had made of the order since.
    @Test func aChangeThatIsRepeatedIsAnsweredAsDoneWhateverWasChangedSince() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let extra = PaymentID(bits: 78)
        try await mall.take(MallFloor.won(2_000), as: extra)
        try await mall.pay(MallFloor.won(2_000), for: MallFloor.cupsOrder, as: extra)
        func change(_ units: Int, paidBy payment: PaymentID? = nil, key: IdempotencyKey) async throws {
            let changes = [OrderLineChange(lineIndex: 0, units: units)]
            let (orders, order) = (mall.orders, MallFloor.cupsOrder)
            try await orders.change(order, changes, paidBy: payment, by: MallFloor.asBuyer, key: key)
        }
        try await change(4, paidBy: extra, key: "to four")
        try await change(2, key: "to two")
        try await change(1, key: "to one")
        for _ in 0..<2 {
            try await change(2, key: "to two")
            try await change(4, paidBy: extra, key: "to four")
        }
        // Under another key it is another change, and one that others have asked for under it is refused.
        for key in ["again", "to one"] as [IdempotencyKey] {
            await #expect(throws: OrdersError.self) { try await change(2, key: key) }
        }
        #expect(try await mall.order(MallFloor.cupsOrder).units[0].owed == 1)
        let stranger = OrderLineChange(lineIndex: 0, units: 2)
        let refusal = await #expect(throws: OrdersError.self) {
            let orders = mall.orders
            try await orders.change(MallFloor.cupsOrder, [stranger], by: .seller(MallFloor.teas), key: "to two")
        }
        guard case .refused(.forbidden)? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
    }

    @Test func whatWasPaidForAChangeIsGivenBackByItsPayment() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let extra = PaymentID(bits: 78)
        try await mall.take(MallFloor.won(2_000), as: extra)
        try await mall.pay(MallFloor.won(2_000), for: MallFloor.cupsOrder, as: extra)
        func change(_ units: Int) async throws {
            try await mall.orders.change(
                MallFloor.cupsOrder,
                [OrderLineChange(lineIndex: 0, units: units)],
                paidBy: extra,
                by: MallFloor.asBuyer,
                key: IdempotencyKey(unchecked: "to \(units)")
            )
        }
        try await change(4)
        // A payment that was used is no silent success.
        let refusal = await #expect(throws: OrdersError.self) { try await change(6) }
        guard case .refused(.paymentUsed(extra))? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        for order in [MallFloor.cupsOrder, MallFloor.teasOrder] {
            for key in ["cancel", "cancel again"] as [IdempotencyKey] {
                try await mall.orders.cancel(order, because: .buyerRequest, by: MallFloor.asBuyer, key: key)
            }
        }
        #expect(try mall.moved()?.refunded == MallFloor.won(4_500))
        #expect(try mall.gateway.entries().totals()[extra]?.refunded == MallFloor.won(2_000))
        #expect(try await mall.available("cup") == 10)
    }

    @Test func whatWasHeldForAChangeThatCameTooLateIsNotTaken() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let other = mall.orders
        let store = FaultInjectingStore(
            mall.store,
            beforeCommit: { number in
                // Between what is held for four and its record, three are recorded.
                guard number == 1 else { return }
                let three = [OrderLineChange(lineIndex: 0, units: 3)]
                let paid = PaymentID(bits: 79)
                _ = try? await other.change(MallFloor.cupsOrder, three, paidBy: paid, by: MallFloor.asBuyer, key: "3")
            }
        )
        let late = mall.orders(on: store)
        try await mall.pay(MallFloor.won(2_000), for: MallFloor.cupsOrder, as: PaymentID(bits: 78))
        try await mall.take(MallFloor.won(1_000), as: PaymentID(bits: 79))
        try await mall.pay(MallFloor.won(1_000), for: MallFloor.cupsOrder, as: PaymentID(bits: 79))
        let more = [OrderLineChange(lineIndex: 0, units: 4)]
        await #expect(throws: OrdersError.self) {
            try await late.change(
                MallFloor.cupsOrder,
                more,
                paidBy: PaymentID(bits: 78),
                by: MallFloor.asBuyer,
                key: "more"
            )
        }
        try await mall.orders.cancel(MallFloor.cupsOrder, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        mall.clock.advance(by: .hours(1))
        _ = try mall.inventory.expire(dueBy: mall.clock.wall.now, limit: 10)
        #expect(try await mall.available("cup") == 10)
    }

    @Test func aChangeIsTriedAnewWhenWhatItHeldHasRunOut() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let store = FaultInjectingStore(mall.store)
        store.injectNext(.refuse(StoreFailure(.unavailable, "down")))
        let crashing = mall.orders(on: store)
        let (orders, payment) = (mall.orders, PaymentID(bits: 78))
        try await mall.pay(MallFloor.won(2_000), for: MallFloor.cupsOrder, as: payment)
        func change(_ orders: Orders) async throws {
            let more = [OrderLineChange(lineIndex: 0, units: 4)]
            try await orders.change(MallFloor.cupsOrder, more, paidBy: payment, by: MallFloor.asBuyer, key: "more")
        }
        await #expect(throws: OrdersError.self) { try await change(crashing) }
        mall.clock.advance(by: .hours(1))
        try await change(orders)
        #expect(try await mall.order(MallFloor.cupsOrder).units[0].owed == 4)
        #expect(try await mall.available("cup") == 5)
    }

    @Test func aRepetitionIsAnsweredOnlyToThoseWhoMayGiveTheCommand() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        try await mall.orders.cancel(MallFloor.cupsOrder, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        for actor in [CommandActor.visitor, .buyer(MemberID(bits: 0xBAD)), .seller(MallFloor.teas)] {
            await #expect(throws: OrdersError.self) {
                try await mall.orders.cancel(MallFloor.cupsOrder, because: .buyerRequest, by: actor, key: "cancel")
            }
        }
    }

    @Test func strangersSeeNothing() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        for actor in [
            CommandActor.visitor, .buyer(MemberID(bits: 0xBAD)), .seller(MallFloor.teas),
        ] {
            await #expect(throws: OrdersError.self) { try await mall.orders.order(MallFloor.cupsOrder, by: actor) }
            await #expect(throws: OrdersError.self) {
                try await mall.orders.tradeHistory(of: MallFloor.buyer, by: actor)
            }
            await #expect(throws: OrdersError.self) { try await mall.orders.sales(of: MallFloor.cups, by: actor) }
            await #expect(throws: OrdersError.self) {
                try await mall.orders.cancel(MallFloor.cupsOrder, because: .other, by: actor, key: "stranger")
            }
            await #expect(throws: OrdersError.self) { try await mall.orders.settle(MallFloor.cupsOrder, by: actor) }
        }
        #expect(try await mall.orders.order(MallFloor.cupsOrder, by: .seller(MallFloor.cups)).status == .confirmed)
    }
}

extension MallFloor {
    /// Another process over that store.
    func orders(on store: any Store) -> Orders {
        let environment = ServiceEnvironment(
            store: store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 9),
            wallClock: clock.wall
        )
        return Orders(in: environment, gateway: gateway, inventory: inventory)
    }

    /// Lets the gateway take so much by a payment beside that of the purchase.
    func take(_ amount: Money, as id: PaymentID) async throws {
        let gateway = gateway
        try await clock.advancing {
            _ = try await gateway.authorize(amount, for: id, key: "authorize extra")
            _ = try await gateway.capture(amount, of: id, key: "capture extra")
        }
    }

    /// A payment beside that of the purchase.
    func pay(_ amount: Money, for order: OrderID, as id: PaymentID) async throws {
        let payments = Repository<Payment>(in: store, codec: .json, identifiers: SeededIdentifiers(seed: 8))
        let actions: [PaymentAction] = [
            .create(id: id, order: order, buyer: Self.buyer, amount: amount),
            .authorize(amount: amount, reference: "paid"), .capture(key: "capture"),
        ]
        let time = clock.wall.now
        try await payments.handle(on: id, key: "pay", at: time) { _ in
            actions.map { ActorCommand($0, by: .system, at: time) }
        }
    }
}
