import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Goodwill on an order of which, or of whose purchase, other refunds are stuck.
@Suite struct GoodwillAmongRefundsTests {
    private static let staff = CommandActor.operator(MallFloor.staff)
    private static let purchase = PaymentID(bits: MallFloor.purchase.bits)

    private static func firstRefund(of order: OrderID) -> IdempotencyKey {
        IdempotencyKey(stringLiteral: "\(purchase)/refund/\(order)/refund/1")
    }

    private static func give(
        _ amount: Int64,
        on order: OrderID = MallFloor.cupsOrder,
        atCostOf bearer: GoodwillBearer = .marketplace,
        by actor: CommandActor = staff,
        key: IdempotencyKey = "gesture",
        at orders: Orders
    ) async throws(OrdersError) -> Order {
        try await orders.giveGoodwill(
            MallFloor.won(amount),
            on: order,
            atCostOf: bearer,
            because: .other,
            by: actor,
            key: key
        )
    }

    // It was given, and the error said that it was not: whoever believed that gave it again under another key.
    @Test func aRefusalOfAnotherRefundDoesNotSayThatGoodwillWasNotGiven() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let gateway = MovingGateway(mall.gateway)
        gateway.refuse(Self.firstRefund(of: MallFloor.cupsOrder))
        let orders = mall.process(5, at: gateway).orders
        await #expect(throws: OrdersError.self) {
            try await orders.change(
                MallFloor.cupsOrder,
                [OrderLineChange(lineIndex: 0, units: 1)],
                by: MallFloor.asBuyer,
                key: "less"
            )
        }
        let order = try await Self.give(300, at: orders)
        #expect(order.refunds.map(\.isSettled) == [false, true])
        #expect(try mall.moved()?.refunded == MallFloor.won(300))
    }

    @Test func goodwillThatTheGatewayRefusesIsOwedAndCanBeRetried() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let gateway = MovingGateway(mall.gateway)
        gateway.refuse(Self.firstRefund(of: MallFloor.cupsOrder))
        let orders = mall.process(5, at: gateway).orders
        #expect(try await Self.give(300, at: orders).refunds.map(\.isSettled) == [false])
        #expect(try await Self.give(300, at: orders).refunds.count == 1)
        let order = try await orders.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: "retry")
        #expect(order.refunds.map(\.isSettled) == [true])
        #expect(try mall.moved()?.refunded == MallFloor.won(300))
    }

    // What a later payment had was set against a refund that it cannot give.
    @Test func whatOnlyTheFirstPaymentCanGiveIsNotPromisedAgain() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let gateway = MovingGateway(mall.gateway)
        gateway.refuse(Self.firstRefund(of: MallFloor.teasOrder))
        let orders = mall.process(5, at: gateway).orders
        let (less, more) = (OrderLineChange(lineIndex: 0, units: 2), OrderLineChange(lineIndex: 0, units: 3))
        _ = try? await orders.change(MallFloor.teasOrder, [less], by: MallFloor.asBuyer, key: "less")
        let extra = PaymentID(bits: 78)
        try await mall.take(MallFloor.won(500), as: extra)
        try await mall.pay(MallFloor.won(500), for: MallFloor.teasOrder, as: extra)
        _ = try? await orders.change(
            MallFloor.teasOrder,
            [more],
            paidBy: extra,
            by: MallFloor.asBuyer,
            key: "more"
        )
        #expect(try await mall.order(MallFloor.teasOrder).changePayments == [extra])
        let payments = Payments(in: mall.environment, gateway: gateway)
        try await payments.refundPurchase(Self.purchase, MallFloor.won(1_500), by: Self.staff, key: "bare")
        let refusal = await #expect(throws: OrdersError.self) { _ = try await Self.give(3_000, at: orders) }
        guard case .refused(.exceedsRefundable(_, MallFloor.won(2_500)))? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        _ = try await Self.give(2_500, at: orders)
        let order = try await orders.retryRefund(1, of: MallFloor.teasOrder, by: Self.staff, key: "retry")
        #expect(order.refunds.map(\.isSettled) == [true])
    }

    // A payment has 250 refunds; when goodwill had used them up, nothing could be called off any more.
    @Test(.enabled(if: PropertyRun.isWhole, "it takes hundreds of refunds of one purchase"))
    func goodwillLeavesTheRefundsThatOrdersMayNeed() async throws {
        let mall = try MallFloor(stock: .units(100))
        let sellers = (0..<26).map { SellerID(bits: 0x1000 + UInt128($0)) }
        try await mall.buy(MallFloor.request(sellers.map { MallFloor.line("cup", .one, 1_000, of: $0) }))
        var refused = 0
        for seller in sellers {
            for number in 0..<Order.maximumGoodwillCount {
                do throws(OrdersError) {
                    _ = try await Self.give(
                        1,
                        on: OrderID(of: seller, in: MallFloor.purchase),
                        atCostOf: .seller,
                        by: .seller(seller),
                        key: IdempotencyKey(stringLiteral: "gesture \(number)"),
                        at: mall.orders
                    )
                } catch {
                    guard case .refused(.tooMuchGoodwill) = error else { throw error }
                    refused += 1
                }
            }
        }
        #expect(refused > 0)
        for seller in sellers {
            let id = OrderID(of: seller, in: MallFloor.purchase)
            try await mall.orders.cancel(id, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        }
        #expect(try await mall.payment().status == .refunded)
    }
}
