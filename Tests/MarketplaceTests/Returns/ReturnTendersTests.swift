import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Returns of purchases that several tenders or several orders share the money of.
@Suite struct ReturnTendersTests {
    // What store credit had borne never came back.
    @Test func aReturnOfAPurchaseThatSeveralTendersPaidGivesAllOfItBack() async throws {
        let shop = try await TenderShop()
        _ = try await shop.place()
        let environment = shop.environment(seed: 50)
        try await Self.deliver(TenderShop.order, at: environment, shop.inventory)
        let returns = Returns(in: environment, payments: shop.checkout().payments, inventory: shop.inventory)
        for number in 1...2 {
            let id = ReturnID(bits: UInt128(number))
            let value = try await Self.takeBack(id, of: TenderShop.order, units: 1, by: TenderShop.buyer, at: returns)
            #expect(value.isSettled && value.refunded == TenderShop.won(4_500))
        }
        #expect(try shop.kept(by: TenderShop.purchase) == 0)
        #expect(try shop.kept(by: TenderShop.secondCard) == 0)
        #expect(try await shop.balance().available == TenderShop.won(3_000))
    }

    @Test func goodwillOfAnyTenderLimitsWhatTheLastReturnGives() async throws {
        let shop = try await TenderShop()
        _ = try await shop.place()
        let environment = shop.environment(seed: 50)
        try await Self.deliver(TenderShop.order, at: environment, shop.inventory)
        let payments = shop.checkout().payments
        try await payments.refundPurchase(TenderShop.purchase, TenderShop.won(6_500), by: .system, key: "goodwill")
        let returns = Returns(in: environment, payments: payments, inventory: shop.inventory)
        let id = ReturnID(bits: 1)
        let value = try await Self.takeBack(id, of: TenderShop.order, units: 2, by: TenderShop.buyer, at: returns)
        #expect(value.isSettled && value.refunded == TenderShop.won(2_500))
        #expect(try await shop.balance().available == TenderShop.won(3_000))
    }

    // What was begun for another order counted twice, and the return was frozen at nothing.
    @Test func aRefundOfAnotherOrderThatIsUnderWayTakesNothingFromAReturn() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let gateway = MovingGateway(mall.gateway)
        let purchase = PaymentID(bits: MallFloor.purchase.bits)
        gateway.timeOut(IdempotencyKey(stringLiteral: "\(purchase)/refund/\(MallFloor.cupsOrder)/refund/1"))
        let orders = mall.process(5, at: gateway).orders
        try await Self.deliver(MallFloor.teasOrder, by: .seller(MallFloor.teas), at: mall.environment, mall.inventory)
        await #expect(throws: OrdersError.self) {
            try await orders.cancel(MallFloor.cupsOrder, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        }
        let payments = Payments(in: mall.environment, gateway: gateway)
        let returns = Returns(in: mall.environment, payments: payments, inventory: mall.inventory)
        let id = ReturnID(bits: 1)
        let value = try await Self.takeBack(
            id,
            of: MallFloor.teasOrder,
            units: 3,
            by: MallFloor.buyer,
            seller: .seller(MallFloor.teas),
            at: returns
        )
        #expect(value.isSettled && value.refunded == MallFloor.won(1_500))
        gateway.recover()
        #expect(try await orders.sweep().failures.isEmpty)
        #expect(try mall.moved()?.refunded == MallFloor.won(4_500))
    }

    private static func deliver(
        _ id: OrderID,
        by seller: CommandActor = PaymentShop.staff,
        at environment: ServiceEnvironment,
        _ inventory: any InventoryStore
    ) async throws {
        let order = try await Repository<Order>(
            in: environment.store,
            codec: .json,
            identifiers: SeededIdentifiers(seed: 60)
        ).load(id).root
        let units = order.lines.enumerated().map { OrderUnits(lineIndex: $0.offset, units: $0.element.quantity.value) }
        let buyer = CommandActor.buyer(try #require(order.placed?.buyerID))
        let shipments = Shipments(in: environment, inventory: inventory)
        let shipment = ShipmentID(bits: 1)
        try await shipments.create(shipment, of: id, units, by: seller, key: "create")
        let waybill = Waybill(carrier: "cj", trackingNumber: "1")
        try await shipments.registerWaybill(waybill, for: shipment, by: seller, key: "bill")
        try await shipments.handOver(shipment, by: seller, key: "hand over")
        try await shipments.confirmDelivery(of: shipment, by: buyer, key: "there")
    }

    private static func takeBack(
        _ id: ReturnID,
        of order: OrderID,
        units: Int,
        by buyer: MemberID,
        seller: CommandActor = PaymentShop.staff,
        at returns: Returns
    ) async throws -> OrderReturn {
        let item = try ReturnDesk.item(0, units)
        try await returns.request(id, of: order, [item], by: .buyer(buyer), key: "request")
        try await returns.approve(id, by: seller, key: "approve")
        return try await returns.receive(id, [ReturnDesk.back(0, units)], by: seller, key: "receive")
    }
}
