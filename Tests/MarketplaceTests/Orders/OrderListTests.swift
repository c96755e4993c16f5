import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Lists of orders, and what is due.
struct OrderListTests {
    static let price = CheckoutPricing(
        promotions: ListedPromotions([Promotion("spring", .percentOff(.percent(10), cap: nil), codes: ["SPRING"])])
    )

    @Test func theTradeHistoryTellsPriceDiscountAndCouponsPageByPage() async throws {
        let mall = try MallFloor(pricing: Self.price)
        for number in 1...5 as ClosedRange<UInt128> {
            let line = BasketLine("a", MallFloor.won(1_000), sku: "cup", seller: SellerKey(MallFloor.cups))
            let purchase = Purchase(basket: Basket(.krw, lines: [line]), codes: number == 5 ? ["SPRING"] : [])
            let request = CheckoutRequest(order: OrderID(bits: number), buyer: MallFloor.buyer, purchase: purchase)
            try await mall.buy(request)
            mall.clock.advance(by: .seconds(1))
        }
        try await mall.orders.catchUp()
        let first = try await mall.orders.tradeHistory(of: MallFloor.buyer, by: MallFloor.asBuyer, limit: 2)
        #expect(first.orders.map(\.order.bits) == [5, 4])
        let newest = try #require(first.orders.first)
        #expect(newest.originalPrice == MallFloor.won(1_000) && newest.discount == MallFloor.won(100))
        #expect(newest.pricePaid == MallFloor.won(900) && newest.coupons == ["SPRING"])
        let next = try await mall.orders.tradeHistory(
            of: MallFloor.buyer,
            by: MallFloor.asBuyer,
            after: first.next,
            limit: 10
        )
        #expect(next.orders.map(\.order.bits) == [3, 2, 1])
        let sales = try await mall.orders.sales(of: MallFloor.cups, by: .seller(MallFloor.cups))
        #expect(sales.orders.map(\.order.bits) == [5, 4, 3, 2, 1])
        #expect(try await mall.orders.sales(of: MallFloor.teas, by: .system).orders.isEmpty)
    }

    @Test func aDeliveredOrderIsCompletedByTheSweepWhichCanBeRepeated() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        try await mall.deliverCups()
        #expect(try await mall.orders.sweep().completed == 0)
        mall.clock.advance(by: .days(14))
        #expect(try await mall.orders.sweep().completed == 1)
        #expect(try await mall.order(MallFloor.cupsOrder).status == .completed)
        #expect(try await mall.orders.sweep().completed == 0)
    }

    @Test func aBuyerWhoUsesTheKeyOfTheSweepDoesNotKeepAnOrderOpen() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let key = try IdempotencyKey(validating: "\(MallFloor.cupsOrder)/completion")
        try await mall.orders.requestCancellation(
            of: MallFloor.cupsOrder,
            because: .buyerRequest,
            by: MallFloor.asBuyer,
            key: key
        )
        try await mall.orders.rejectCancellation(
            of: MallFloor.cupsOrder,
            because: .other,
            by: .seller(MallFloor.cups),
            key: "reject"
        )
        try await mall.deliverCups()
        mall.clock.advance(by: .days(14))
        #expect(try await mall.orders.sweep().completed == 1)
        #expect(try await mall.order(MallFloor.cupsOrder).status == .completed)
    }

    @Test func anUnpaidOrderThatNobodyWorksOnIsGivenUp() async throws {
        let mall = try MallFloor()
        let orders = Repository<Order>(in: mall.store, codec: .json, identifiers: SeededIdentifiers(seed: 9))
        let create = OrderAction.create(id: MallFloor.purchase, buyer: MallFloor.buyer, lines: MallFloor.lines)
        let now = mall.clock.wall.now
        try await orders.handle(
            ActorCommand(create, by: MallFloor.asBuyer, at: now),
            on: MallFloor.purchase,
            key: "create",
            at: now
        )
        mall.clock.advance(by: .hours(23))
        #expect(try await mall.orders.sweep().expired == 0)
        mall.clock.advance(by: .hours(1))
        #expect(try await mall.orders.sweep().expired == 1)
        #expect(try await mall.order(MallFloor.purchase).status == .expired)
        #expect(try await mall.orders.sweep().expired == 0)
    }

    @Test func anUnpaidOrderUnderAChargeInFlightIsEndedByItsCheckout() async throws {
        let mall = try MallFloor()
        let checkout = Checkout(
            store: mall.store,
            inventory: mall.inventory,
            gateway: mall.gateway,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 5),
            configuration: CheckoutConfiguration(
                flow: .payFirst,
                paymentConfirmation: .webhook(within: .days(30)),
                gatewayTimeout: nil
            ),
            wallClock: mall.clock.wall,
            clock: mall.clock
        )
        let orders = Orders(in: mall.environment, gateway: mall.gateway, inventory: mall.inventory, checkout: checkout)
        let handle = try await checkout.start(MallFloor.request())
        while try mall.moved()?.captured != MallFloor.won(4_500) { await Task.yield() }
        mall.clock.advance(by: .hours(24))
        #expect(try await orders.sweep().askedToEnd == 2)
        _ = try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await checkout.run() }
            defer { group.cancelAll() }
            return try await mall.clock.advancing { try await handle.outcome() }
        }
        #expect(try await mall.order(MallFloor.cupsOrder).status == .failed)
        let moved = try #require(try mall.moved())
        #expect(moved.captured == moved.refunded)
    }

    // A sweep began with the oldest, so those behind a page of stuck ones were never reached.
    @Test func ordersBehindAPageOfStuckOnesAreReached() async throws {
        let mall = try MallFloor()
        let gateway = MovingGateway(mall.gateway)
        let orders = mall.process(5, at: gateway).orders
        for number in 1...5 as ClosedRange<UInt128> {
            let id = OrderID(bits: number)
            let line = MallFloor.line("cup", .one, 1_000, of: MallFloor.cups)
            try await mall.buy(CheckoutRequest(order: id, buyer: MallFloor.buyer, lines: [line]))
            mall.clock.advance(by: .seconds(1))
            let key = IdempotencyKey(unchecked: "\(PaymentID(bits: number))/refund/\(id)/refund/1")
            if number < 5 { gateway.refuse(key) } else { gateway.timeOut(key) }
            _ = try? await orders.cancel(id, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        }
        gateway.recover()
        var failures: [Int] = []
        for _ in 0..<3 { failures.append(try await orders.sweep(limit: 2).failures.count) }
        #expect(failures == [2, 2, 0])
        #expect(try await mall.order(OrderID(bits: 5)).refunds.map(\.isSettled) == [true])
        // And it begins anew.
        gateway.accept()
        for _ in 0..<2 { _ = try await orders.sweep(limit: 2) }
        #expect(try await orders.sweep(limit: 500).failures.count == 4)
        for number in 1...4 as ClosedRange<UInt128> {
            try await orders.retryRefund(
                1,
                of: OrderID(bits: number),
                by: .operator(MallFloor.staff),
                key: "retry"
            )
        }
        #expect(try await orders.sweep().failures.isEmpty)
        #expect(try await mall.available("cup") == 10)
    }

    @Test func anOrderThatCannotBeReadHoldsUpNoOther() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        try await mall.deliverCups()
        mall.clock.advance(by: .days(14))
        try await mall.orders.catchUp()
        var transaction = Transaction(id: TransactionID(bits: 0xBAD), time: mall.clock.wall.now)
        transaction.write(
            DocumentWrite(
                DocumentKey("orders", OrderID(bits: 1)),
                body: [0],
                indexEntries: [IndexEntry("complete", .time(.epoch))]
            )
        )
        _ = try await mall.store.commit(transaction)
        let sweep = try await mall.orders.sweep()
        #expect(sweep.failures.count == 1 && sweep.completed == 1)
    }

    @Test func theSweepIsAJob() throws {
        let mall = try MallFloor()
        #expect(try mall.orders.sweepJob().name == "order-sweep")
    }
}

extension MallFloor {
    /// Sends the cups in one parcel and has the buyer confirm them.
    func deliverCups() async throws {
        let seller = CommandActor.seller(Self.cups)
        let id = ShipmentID(bits: 1)
        let units = [OrderUnits(lineIndex: 0, units: 2), OrderUnits(lineIndex: 1, units: 1)]
        try await shipments.create(id, of: Self.cupsOrder, units, by: seller, key: "create")
        let waybill = Waybill(carrier: "cj", trackingNumber: "1")
        try await shipments.registerWaybill(waybill, for: id, by: seller, key: "waybill")
        try await shipments.handOver(id, by: seller, key: "hand over")
        try await shipments.confirmDelivery(of: id, by: Self.asBuyer, key: "there")
    }
}
