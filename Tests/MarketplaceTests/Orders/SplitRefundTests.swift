import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Refunds that several places share, some of which refuse or are changed by other refunds meanwhile.
struct SplitRefundTests {
    private static let staff = CommandActor.operator(MallFloor.staff)
    private static let purchase = PaymentID(bits: MallFloor.purchase.bits)

    private static func key(_ payment: PaymentID, _ order: OrderID, _ part: String) -> IdempotencyKey {
        IdempotencyKey(stringLiteral: "\(payment)/refund/\(order)/refund/\(part)")
    }

    // A payment that had nothing left was asked when it had, beside the one that had given in its place.
    @Test(arguments: OrderCrashTests.faults)
    func aPlaceThatGaveNothingOfARefundIsNotAskedForItLater(_ fault: CommitFault) async throws {
        var commit = 1
        while true {
            let mall = try MallFloor()
            try await mall.buy()
            let extra = PaymentID(bits: 78)
            try await mall.take(MallFloor.won(1_000), as: extra)
            try await mall.pay(MallFloor.won(1_000), for: MallFloor.cupsOrder, as: extra)
            let gateway = MovingGateway(mall.gateway)
            let first = Self.key(extra, MallFloor.cupsOrder, "1")
            gateway.timeOut(first)
            func change(_ units: Int, paidBy payment: PaymentID? = nil, at orders: Orders) async throws {
                try await orders.change(
                    MallFloor.cupsOrder,
                    [OrderLineChange(lineIndex: 0, units: units)],
                    paidBy: payment,
                    by: MallFloor.asBuyer,
                    key: IdempotencyKey(unchecked: "to \(units), paid \(payment != nil)")
                )
            }
            let orders = mall.process(5, at: gateway).orders
            try await change(3, paidBy: extra, at: orders)
            _ = try? await change(2, at: orders)
            let faulty = FaultInjectingStore(mall.store)
            faulty.inject(fault, atCommit: commit)
            _ = try? await change(1, at: mall.process(6, over: faulty, at: gateway).orders)
            guard faulty.unfiredFaults.isEmpty else { break }
            let place = "\(fault) at commit \(commit)"
            // The first refund is found to be refused, and its payment has all it took again.
            gateway.refuse(first)
            gateway.recover()
            let successor = mall.process(7, at: gateway).orders
            _ = try? await change(1, at: successor)
            _ = try await successor.sweep()
            try await successor.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: "retry")
            let given = try mall.gateway.entries().totals().values.reduce(0) { $0 + $1.refunded.minorUnits }
            #expect(given == 2_000, "\(place)")
            #expect(try await mall.order(MallFloor.cupsOrder).refunds.map(\.isSettled) == [true, true], "\(place)")
            commit += 1
        }
        #expect(commit > 3)
    }

    // The key of the first attempt was asked for another amount, and no other attempt could be made.
    @Test func aRefusedPartIsGivenAnewByWhateverTendersHaveTheMoneyThen() async throws {
        let mall = try MallFloor()
        let credits = StoreCredits(in: mall.environment)
        try await credits.grant(MallFloor.won(2_500), to: MallFloor.buyer, by: Self.staff, key: "gift")
        try await mall.buy(
            CheckoutRequest(
                order: MallFloor.purchase,
                buyer: MallFloor.buyer,
                lines: MallFloor.lines,
                tenders: [.storeCredit(), .gateway()]
            )
        )
        let gateway = MovingGateway(mall.gateway)
        gateway.refuse(Self.key(Self.purchase, MallFloor.cupsOrder, "1"))
        let orders = mall.process(5, at: gateway).orders
        let refusal = await #expect(throws: OrdersError.self) {
            try await orders.cancel(MallFloor.cupsOrder, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        }
        guard case .refundRefused? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        try await orders.cancel(MallFloor.teasOrder, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        #expect(try mall.moved()?.refunded == MallFloor.won(1_500))
        let order = try await orders.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: "retry")
        #expect(order.refunds.map(\.isSettled) == [true] && order.refunds[0].attempt == 2)
        #expect(try mall.moved()?.refunded == MallFloor.won(2_000))
        let balance = try await credits.balance(of: MallFloor.buyer, .krw, by: .system)
        #expect(balance.available == MallFloor.won(2_500))
    }

    @Test func aRefundThatWasBegunGoesWhereItWasToGoThoughTheBuyerChoosesAnew() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let gateway = MovingGateway(mall.gateway)
        gateway.timeOut(Self.key(Self.purchase, MallFloor.cupsOrder, "1"))
        gateway.refuse(Self.key(Self.purchase, MallFloor.teasOrder, "1"))
        let orders = mall.process(5, at: gateway).orders
        for id in [MallFloor.cupsOrder, MallFloor.teasOrder] {
            await #expect(throws: OrdersError.self) {
                try await orders.cancel(id, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
            }
        }
        try await Payments(in: mall.environment, gateway: gateway)
            .sendRefunds(to: .storeCredit, of: Self.purchase, by: MallFloor.asBuyer)
        gateway.recover()
        try await orders.settle(MallFloor.cupsOrder, by: .system)
        try await orders.retryRefund(1, of: MallFloor.teasOrder, by: Self.staff, key: "retry")
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
        let balance = try await StoreCredits(in: mall.environment).balance(of: MallFloor.buyer, .krw, by: .system)
        #expect(balance.available == MallFloor.won(1_500))
    }
}
