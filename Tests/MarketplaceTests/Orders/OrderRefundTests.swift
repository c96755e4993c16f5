import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Refunds that the gateway refuses for good, performs after all, or shares among payments.
struct OrderRefundTests {
    private static let staff = CommandActor.operator(MallFloor.staff)
    private static let firstKey = IdempotencyKey(
        stringLiteral: "\(PaymentID(bits: MallFloor.purchase.bits))/refund/\(MallFloor.cupsOrder)/refund/1"
    )

    /// A mall whose gateway refuses the first attempt at the refund of the cups, and so many more.
    private static func refusing(_ attempts: Int = 1) async throws -> (mall: MallFloor, gateway: MovingGateway) {
        let mall = try MallFloor()
        try await mall.buy()
        let gateway = MovingGateway(mall.gateway)
        gateway.refuse(firstKey)
        for attempt in 2..<max(2, attempts + 1) { gateway.refuse(IdempotencyKey(unchecked: "\(firstKey)/\(attempt)")) }
        return (mall, gateway)
    }

    private static func cancel(_ orders: Orders) async throws {
        try await orders.cancel(MallFloor.cupsOrder, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
    }

    private static func isRefused(_ error: OrdersError?) -> Bool {
        if case .refundRefused(MallFloor.cupsOrder, number: 1, _)? = error { true } else { false }
    }

    // What the gateway had refused for good was owed for ever.
    @Test func aRefundThatWasRefusedIsGivenUnderAnotherKeyOnce() async throws {
        let (mall, gateway) = try await Self.refusing()
        let orders = mall.process(5, at: gateway).orders
        for _ in 0..<3 {
            let refusal = await #expect(throws: OrdersError.self) { try await Self.cancel(orders) }
            #expect(Self.isRefused(refusal))
            #expect(try await orders.sweep().failures.count { Self.isRefused($0) } == 1)
        }
        // Stock does not wait for the money, and the gateway was asked once.
        #expect(try await mall.available("cup") == 10)
        #expect(gateway.count(of: Self.firstKey) == 1)
        for actor in [CommandActor.visitor, MallFloor.asBuyer, MallFloor.cupsSeller, .system] {
            let refusal = await #expect(throws: OrdersError.self) {
                try await orders.retryRefund(1, of: MallFloor.cupsOrder, by: actor, key: "retry")
            }
            guard case .forbidden? = refusal else {
                Issue.record("\(actor) has asked anew")
                return
            }
        }
        for key in ["retry", "retry", "again"] as [IdempotencyKey] {
            let order = try await orders.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: key)
            #expect(order.refunds.map(\.isSettled) == [true] && order.refunds[0].attempt == 2)
        }
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
        #expect(try mall.gateway.entries().count { $0.kind == .refund } == 1)
        #expect(try await orders.sweep().failures.isEmpty)
        let split = try #require(try await orders.split(of: MallFloor.group, by: .system))
        #expect(split.net(of: MallFloor.cupsOrder).isZero)
    }

    @Test func aRefundThatIsRefusedAgainCostsOneAttemptForEachCommand() async throws {
        let (mall, gateway) = try await Self.refusing(Order.maximumRefundAttempts)
        let orders = mall.process(5, at: gateway).orders
        _ = try? await Self.cancel(orders)
        for attempt in 2...Order.maximumRefundAttempts {
            for _ in 0..<2 {
                let refusal = await #expect(throws: OrdersError.self) {
                    let key = IdempotencyKey(unchecked: "retry \(attempt)")
                    try await orders.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: key)
                }
                #expect(Self.isRefused(refusal))
            }
            #expect(try await mall.order(MallFloor.cupsOrder).refunds[0].attempt == attempt)
        }
        let refusal = await #expect(throws: OrdersError.self) {
            try await orders.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: "once more")
        }
        guard case .refused(.tooManyRefundAttempts)? = refusal else {
            Issue.record("\(String(describing: refusal))")
            return
        }
        let unknown = await #expect(throws: OrdersError.self) {
            try await orders.retryRefund(2, of: MallFloor.cupsOrder, by: Self.staff, key: "none")
        }
        guard case .refused(.unknownRefund(number: 2))? = unknown else {
            Issue.record("\(String(describing: unknown))")
            return
        }
    }

    @Test func manyWhoRetryAtOnceRefundOnce() async throws {
        let (mall, gateway) = try await Self.refusing()
        let orders = mall.process(5, at: gateway).orders
        _ = try? await Self.cancel(orders)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<6 {
                group.addTask {
                    let key = IdempotencyKey(unchecked: "retry \(number)")
                    try await orders.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: key)
                }
            }
            try await group.waitForAll()
        }
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
        #expect(try mall.gateway.entries().count { $0.kind == .refund } == 1)
    }

    @Test(arguments: OrderCrashTests.faults)
    func aRetryThatWasInterruptedAnywhereRefundsOnce(_ fault: CommitFault) async throws {
        var commit = 1
        while true {
            let (mall, gateway) = try await Self.refusing()
            _ = try? await Self.cancel(mall.process(5, at: gateway).orders)
            let faulty = FaultInjectingStore(mall.store)
            faulty.inject(fault, atCommit: commit)
            let dying = mall.process(6, over: faulty, at: gateway).orders
            _ = try? await dying.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: "retry")
            guard faulty.unfiredFaults.isEmpty else { break }
            let successor = mall.process(7, at: gateway).orders
            _ = try await successor.sweep()
            try await successor.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: "retry")
            #expect(try mall.moved()?.refunded == MallFloor.won(3_000), "\(fault) at commit \(commit)")
            #expect(try await mall.order(MallFloor.cupsOrder).refunds.map(\.isSettled) == [true])
            commit += 1
        }
        #expect(commit > 3)
    }

    @Test func whatTheGatewayPerformedAfterAllIsNotAskedForAnew() async throws {
        let (mall, gateway) = try await Self.refusing()
        let orders = mall.process(5, at: gateway).orders
        _ = try? await Self.cancel(orders)
        try await gateway.performLate(Self.firstKey)
        let order = try await orders.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: "retry")
        #expect(order.refunds.map(\.isSettled) == [true] && order.refunds[0].attempt == 1)
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
        #expect(try mall.gateway.entries().count { $0.kind == .refund } == 1)
        let payment = try await mall.payment()
        #expect(payment.amounts?.refunded == MallFloor.won(3_000))
        let split = try #require(try await orders.split(of: MallFloor.group, by: .system))
        #expect(split.net(of: MallFloor.cupsOrder).isZero)
    }

    // It was on the list of differences for ever, and its webhook contradicted what was recorded.
    @Test func whatTheGatewayPerformedAfterAllAndWasCountedIsNoDiscrepancy() async throws {
        let (mall, gateway) = try await Self.refusing()
        let orders = mall.process(5, at: gateway).orders
        _ = try? await Self.cancel(orders)
        try await gateway.performLate(Self.firstKey)
        try await orders.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: "retry")
        let report = try await PaymentReconcilerTests.report(of: mall.store, mall.gateway, mall.clock)
        #expect(report.isReconciled, "\(report)")
        let outcome = try await Self.tell(of: MallFloor.won(3_000), mall, gateway)
        #expect(outcome == .applied(PaymentID(bits: MallFloor.purchase.bits)))
        guard case .discrepancy = try await Self.tell(of: MallFloor.won(2_999), event: "less", mall, gateway) else {
            Issue.record("another amount was taken for it")
            return
        }
    }

    /// A webhook tells that the first attempt was performed.
    private static func tell(
        of amount: Money,
        event: GatewayEventID = "late",
        _ mall: MallFloor,
        _ gateway: MovingGateway
    ) async throws -> PaymentWebhookOutcome {
        let authenticator = InsecureMessageAuthenticator(forTestsOnly: "webhook")
        let webhooks = PaymentWebhooks(
            in: mall.environment,
            payments: Payments(in: mall.environment, gateway: gateway),
            authenticator: authenticator,
            format: CodecWebhookFormat(.json)
        )
        let notice = GatewayNotice(
            event: event,
            subject: .payment(PaymentID(bits: MallFloor.purchase.bits)),
            kind: .refund,
            key: firstKey,
            amount: amount,
            at: mall.clock.wall.now
        )
        let body = try JSONPayloadCodec.json.encode(notice)
        return try await webhooks.receive(body: body, signature: authenticator.code(of: body))
    }

    @Test func whatTheGatewayHasNotDecidedIsNotAskedForAnew() async throws {
        let (mall, gateway) = try await Self.refusing()
        let orders = mall.process(5, at: gateway).orders
        _ = try? await Self.cancel(orders)
        gateway.leaveOpen(Self.firstKey)
        let failure = await #expect(throws: OrdersError.self) {
            try await orders.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: "retry")
        }
        #expect(failure?.effect == .unknown)
        #expect(try mall.gateway.entries().allSatisfy { $0.kind != .refund })
    }

    // Money that goes a second time, because the first attempt succeeds after the second, cannot be held back.
    @Test(arguments: [true, false])
    func moneyThatGoesTwiceAllTheSameIsSeenAsADiscrepancy(_ isAllRefunded: Bool) async throws {
        let (mall, gateway) = try await Self.refusing()
        let orders = mall.process(5, at: gateway).orders
        _ = try? await Self.cancel(orders)
        try await orders.retryRefund(1, of: MallFloor.cupsOrder, by: Self.staff, key: "retry")
        if isAllRefunded {
            try await orders.cancel(MallFloor.teasOrder, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        }
        let amount = MallFloor.won(3_000)
        gateway.claimPerformed(Self.firstKey, amount)
        let payments = Payments(in: mall.environment, gateway: gateway)
        let authenticator = InsecureMessageAuthenticator(forTestsOnly: "webhook")
        let webhooks = PaymentWebhooks(
            in: mall.environment,
            payments: payments,
            authenticator: authenticator,
            format: CodecWebhookFormat(.json)
        )
        let notice = GatewayNotice(
            event: "late",
            subject: .payment(PaymentID(bits: MallFloor.purchase.bits)),
            kind: .refund,
            key: Self.firstKey,
            amount: amount,
            at: mall.clock.wall.now
        )
        let body = try JSONPayloadCodec.json.encode(notice)
        let outcome = try await webhooks.receive(body: body, signature: authenticator.code(of: body))
        guard case .discrepancy(let discrepancy) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(discrepancy.key == Self.firstKey && discrepancy.kind == .refund)
        #expect(try await payments.discrepancies(by: .system).map(\.id) == [discrepancy.id])
        #expect(try await webhooks.kept().isEmpty)
        #expect(try await orders.sweep().failures.isEmpty)
        #expect(try await mall.payment().amounts?.refunded == (isAllRefunded ? MallFloor.won(4_500) : amount))
    }

    // What an earlier refund was asked of one payment was asked of a newer one as well.
    @Test func aRefundThatWasBegunIsNotGivenByAPaymentThatWasAddedSince() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let extra = PaymentID(bits: 78)
        try await mall.take(MallFloor.won(2_000), as: extra)
        try await mall.pay(MallFloor.won(2_000), for: MallFloor.cupsOrder, as: extra)
        let gateway = MovingGateway(mall.gateway)
        gateway.timeOut(Self.firstKey)
        let orders = mall.process(5, at: gateway).orders
        func change(_ units: Int, paidBy payment: PaymentID? = nil) async throws {
            try await orders.change(
                MallFloor.cupsOrder,
                [OrderLineChange(lineIndex: 0, units: units)],
                paidBy: payment,
                by: MallFloor.asBuyer,
                key: IdempotencyKey(unchecked: "to \(units)")
            )
        }
        await #expect(throws: OrdersError.self) { try await change(1) }
        _ = try? await change(3, paidBy: extra)
        gateway.recover()
        #expect(try await orders.sweep().failures.isEmpty)
        #expect(try mall.moved()?.refunded == MallFloor.won(1_000))
        #expect(try mall.gateway.entries().totals()[extra]?.refunded.isZero != false)
        try await orders.cancel(MallFloor.cupsOrder, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        #expect(try mall.moved()?.refunded == MallFloor.won(3_000))
        #expect(try mall.gateway.entries().totals()[extra]?.refunded == MallFloor.won(2_000))
    }

    // A refund by another payment was hidden by the split of the purchase's own.
    @Test func theSplitOfAPurchaseTellsWhatItsOwnPaymentGaveBack() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        let extra = PaymentID(bits: 78)
        try await mall.take(MallFloor.won(2_000), as: extra)
        try await mall.pay(MallFloor.won(2_000), for: MallFloor.cupsOrder, as: extra)
        try await mall.orders.change(
            MallFloor.cupsOrder,
            [OrderLineChange(lineIndex: 0, units: 4)],
            paidBy: extra,
            by: MallFloor.asBuyer,
            key: "more"
        )
        try await mall.orders.cancel(MallFloor.cupsOrder, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
        let split = try #require(try await mall.orders.split(of: MallFloor.group, by: .system))
        #expect(split.net(of: MallFloor.cupsOrder).isZero)
        #expect(split.net(of: MallFloor.teasOrder) == MallFloor.won(1_500))
        #expect(split.rows.reduce(0) { $0 + $1.refunded.minorUnits } == 3_000)
    }

    @Test func aPaymentThatDoesNotFitItsOrdersIsNoSplitWithoutRefunds() async throws {
        let mall = try MallFloor()
        let purchase = OrderGroupID(bits: 0x500)
        let repository = Repository<OrderGroup>(in: mall.store, codec: .json, identifiers: SeededIdentifiers(seed: 9))
        let orders = [
            GroupedOrder(orderID: OrderID(bits: 1), sellerID: MallFloor.cups, total: MallFloor.won(10)),
            GroupedOrder(orderID: OrderID(bits: 2), sellerID: MallFloor.teas, total: MallFloor.won(20)),
        ]
        let payment = PaymentID(bits: 0x500)
        let create = OrderGroupAction.create(id: purchase, buyer: MallFloor.buyer, orders: orders, payment: payment)
        let now = mall.clock.wall.now
        try await repository.handle(ActorCommand(create, by: .system, at: now), on: purchase, key: "create", at: now)
        try await mall.placePart(OrderID(bits: 1))
        try await mall.placePart(OrderID(bits: 2))
        try await mall.pay(MallFloor.won(31), for: OrderID(bits: 1), as: payment)
        let failure = await #expect(throws: OrdersError.self) { try await mall.orders.split(of: purchase, by: .system) }
        guard case .split(.exceedsOrders(.gateway(payment), excess: MallFloor.won(1)))? = failure else {
            Issue.record("\(String(describing: failure))")
            return
        }
    }
}

extension MallFloor {
    /// The payment of the purchase.
    func payment() async throws -> Payment {
        try await Repository<Payment>(in: store, codec: .json, identifiers: SeededIdentifiers(seed: 9))
            .load(PaymentID(bits: Self.purchase.bits)).root
    }

    /// Places an order of one cup, and nothing more.
    func placePart(_ id: OrderID) async throws {
        let orders = Repository<Order>(in: store, codec: .json, identifiers: SeededIdentifiers(seed: 9))
        let create = OrderAction.create(
            id: id,
            buyer: Self.buyer,
            lines: [Self.line("cup", .one, 10, of: Self.cups)]
        )
        let now = clock.wall.now
        try await orders.handle(ActorCommand(create, by: Self.asBuyer, at: now), on: id, key: "create", at: now)
    }
}
