import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// The floor of two sellers, whose buyer has store credit, and whose orders are settled from the feed.
struct SettledMall {
    static let staff = CommandActor.operator(MallFloor.staff)

    let mall: MallFloor
    let gateway: FickleGateway
    let granted: Int64
    let runner: ProjectionRunner
    let follower: SettlementFollower

    init(credit: Int64) async throws {
        mall = try MallFloor()
        gateway = FickleGateway(mall.gateway)
        granted = credit
        let rules = try CommissionRules([try CommissionRule("ten", fee: .percent(.percent(10), of: .net))])
        follower = SettlementFollower(
            in: mall.environment,
            settlement: Settlement(in: mall.environment, payouts: ScriptedPayoutProvider([])),
            terms: SettlementTerms(commissions: rules)
        )
        runner = ProjectionRunner(
            follower,
            store: mall.store,
            signal: mall.store,
            identifiers: SeededIdentifiers(seed: 70),
            wallClock: mall.clock.wall,
            clock: mall.clock
        )
        guard credit > 0 else { return }
        try await credits.grant(MallFloor.won(credit), to: MallFloor.buyer, by: Self.staff, key: "gift")
    }

    var credits: StoreCredits { StoreCredits(in: mall.environment) }
    var settlement: Settlement { Settlement(in: mall.environment, payouts: ScriptedPayoutProvider([])) }
    var payments: Payments { Payments(in: mall.environment, gateway: gateway) }
    var orders: Orders { Orders(in: mall.environment, gateway: gateway, inventory: mall.inventory) }

    var returns: Returns { returns(.frozen) }

    func returns(_ rule: any ReturnRefundRule) -> Returns {
        Returns(in: mall.environment, payments: payments, inventory: mall.inventory, refunds: rule)
    }

    func buy(_ tenders: [CheckoutTender]) async throws {
        try await mall.buy(
            CheckoutRequest(
                order: MallFloor.purchase,
                buyer: MallFloor.buyer,
                lines: MallFloor.lines,
                tenders: tenders
            )
        )
        try await runner.catchUp()
    }

    func cancel(_ id: OrderID) async throws {
        try await orders.cancel(id, because: .buyerRequest, by: MallFloor.asBuyer, key: "cancel")
    }

    /// Sends all that is open of an order, and has it arrive.
    func deliver(_ id: OrderID, by seller: CommandActor) async throws {
        let units = try await mall.order(id).units.enumerated().filter { $0.element.open > 0 }
            .map { OrderUnits(lineIndex: $0.offset, units: $0.element.open) }
        try await deliver(units, as: ShipmentID(bits: id.bits), of: id, by: seller)
    }

    func deliver(
        _ units: [OrderUnits],
        as shipment: ShipmentID,
        of id: OrderID,
        by seller: CommandActor
    ) async throws {
        try await mall.shipments.create(shipment, of: id, units, by: seller, key: "create")
        let waybill = Waybill(carrier: "cj", trackingNumber: "1")
        try await mall.shipments.registerWaybill(waybill, for: shipment, by: seller, key: "bill")
        try await mall.shipments.handOver(shipment, by: seller, key: "hand over")
        try await mall.shipments.confirmDelivery(of: shipment, by: MallFloor.asBuyer, key: "there")
    }

    /// Takes units of the first line back; false when there are not so many.
    @discardableResult
    func takeBack(_ id: UInt128, of order: OrderID, units: Int, giving rule: AsIf) async throws -> Bool {
        let stored = try await mall.order(order)
        // What other units are given for must be there as well.
        guard max(units, rule.units) <= stored.units[0].returnable, let seller = stored.sellerID else { return false }
        let returns = returns(rule)
        let id = ReturnID(bits: id)
        try await returns.request(id, of: order, [ReturnDesk.item(0, units)], by: MallFloor.asBuyer, key: "request")
        try await returns.approve(id, by: .seller(seller), key: "approve")
        try await returns.receive(id, [ReturnDesk.back(0, units)], by: .seller(seller), key: "receive")
        return true
    }

    /// Gives the buyer a part of what is left of an order, or all of it, now and then.
    func giveSomething(on id: OrderID, _ run: inout PropertyRun) async throws {
        guard run.natural(through: 2) == 0, let left = try await mall.order(id).refundable, left.isPositive else {
            return
        }
        let isAll = run.natural(through: 3) == 0
        let amount = isAll ? left.minorUnits : 1 + Int64(run.natural(through: Int(left.minorUnits) - 1))
        let bearer = run.element(of: GoodwillBearer.allCases)
        try await orders.giveGoodwill(
            MallFloor.won(amount),
            on: id,
            atCostOf: bearer,
            because: .other,
            by: Self.staff,
            key: IdempotencyKey(unchecked: "gesture \(run.generator.next())")
        )
        try await expectExact("\(amount) on \(id) at the cost of \(bearer), \(run.replay)")
    }

    /// What a return has given.
    func returned(_ id: UInt128) async throws -> Int64? {
        try await returns.value(ReturnID(bits: id), by: Self.staff).refunded?.minorUnits
    }

    func balance(_ account: LedgerAccount) async throws -> Int64 {
        try await settlement.balance(of: account, in: .krw, by: Self.staff).minorUnits
    }

    /// The tenders of what was captured of each order.
    func captures() async throws -> [OrderID: SettlementTender] {
        var tenders: [OrderID: SettlementTender] = [:]
        for id in [MallFloor.cupsOrder, MallFloor.teasOrder] {
            let state = try await settlement.state(of: id, by: Self.staff)
            tenders[id] = state.causes.values.first { $0.kind == .capture }?.tender
        }
        return tenders
    }

    /// The ledger has as much cash as the gateway, and owes the buyer as much credit as they have been given back.
    func expectExact(_ comment: String) async throws {
        try await runner.catchUp()
        let held = try mall.gateway.entries().totals().values.reduce(Int64(0)) {
            $0 + $1.captured.minorUnits - $1.refunded.minorUnits
        }
        #expect(try await balance(.cash) == held, "cash, \(comment)")
        let credit = try await credits.balance(of: MallFloor.buyer, .krw, by: .system)
        let spent = granted - credit.available.minorUnits - credit.held.minorUnits
        #expect(try await balance(.storeCredit) == spent, "store credit, \(comment)")
        #expect(try await settlement.trialBalance(by: Self.staff).isBalanced, "\(comment)")
        let unposted = try await follower.unposted(by: .system)
        #expect(unposted.isEmpty, "\(unposted), \(comment)")
        for id in [MallFloor.cupsOrder, MallFloor.teasOrder] {
            let order = try await mall.order(id)
            #expect(order.refunds.allSatisfy { $0.isSettled }, "\(id) owes something, \(comment)")
            // The two books agree on what there is to give yet.
            let state = try await settlement.state(of: id, by: Self.staff)
            let keptMinor = state.capturedMinor - state.refundedMinor - state.compensatedMinor
            #expect(order.refundable?.minorUnits == keptMinor, "\(id), \(comment)")
            #expect(state.owedMinor == 0 && state.owedGoodwillMinor == 0, "\(id), \(comment)")
        }
    }
}

/// Gives what so many units of each line were sold for, whatever comes back.
struct AsIf: ReturnRefundRule {
    let units: Int

    func refund(
        _ units: [BasketLineID: Int],
        shipping charges: Set<BasketLineID>,
        of order: Order,
        on ledger: inout RefundLedger
    ) async throws(ReturnsError) -> Refund {
        var other = ledger
        _ = try await FrozenRefunds().refund(units, shipping: charges, of: order, on: &ledger)
        return try await FrozenRefunds()
            .refund(units.mapValues { _ in self.units }, shipping: charges, of: order, on: &other)
    }
}
