import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Goodwill, changes, cancellations and returns whose money is stuck while others follow them.
@Suite struct UnsettledRefundTests {
    private static let staff = CommandActor.operator(MallFloor.staff)
    private static let ids = [MallFloor.cupsOrder, MallFloor.teasOrder]

    // The ledger still held what the return was promised, and had the order owe it once more.
    @Test func aChangeBesideAReturnWhoseMoneyIsStuckIsPostedAsItIsOwed() async throws {
        let market = try await SettledMall(credit: 0)
        try await market.buy([.gateway()])
        let one = [OrderUnits(lineIndex: 0, units: 1)]
        try await market.deliver(one, as: ShipmentID(bits: 1), of: MallFloor.cupsOrder, by: MallFloor.cupsSeller)
        try await Self.give(2_500, at: market)
        market.gateway.fallSilent(true)
        await #expect(throws: ReturnsError.self) { try await Self.takeBack(1, line: 0, at: market) }
        let less = [OrderLineChange(lineIndex: 0, units: 1)]
        let order = try await market.orders.change(MallFloor.cupsOrder, less, by: MallFloor.cupsSeller, key: "less")
        #expect(order.refunds.map(\.cause) == [.goodwill] && order.refundable == MallFloor.won(0))
        try await market.runner.catchUp()
        market.gateway.fallSilent(false)
        _ = try await market.returns.sweep()
        #expect(try await market.returned(1) == 500)
        try await market.expectExact("a change beside a return")
    }

    // What one return had left was taken for what the other one kept back, at the cost of somebody else.
    @Test func whoHasBorneGoodwillGetsItBackWhicheverReturnIsPaidFirst() async throws {
        let market = try await SettledMall(credit: 0)
        try await market.buy([.gateway()])
        try await market.deliver(MallFloor.cupsOrder, by: MallFloor.cupsSeller)
        try await Self.give(2_500, at: market)
        market.gateway.fallSilent(true)
        await #expect(throws: ReturnsError.self) { try await Self.takeBack(1, line: 0, at: market) }
        try await Self.takeBack(2, line: 0, at: market)
        try await market.runner.catchUp()
        market.gateway.fallSilent(false)
        _ = try await market.returns.sweep()
        try await Self.takeBack(3, line: 1, at: market)
        for (number, amount) in [(1, 500), (2, 0), (3, 0)] as [(UInt128, Int64)] {
            #expect(try await market.returned(number) == amount)
        }
        try await market.expectExact("three returns")
        let state = try await market.settlement.state(of: MallFloor.cupsOrder, by: Self.staff)
        #expect(state.compensations.isEmpty)
        #expect(try await market.balance(.sellerPayable(MallFloor.cups)) == 0)
    }

    private static func give(_ amount: Int64, at market: SettledMall) async throws {
        try await market.orders.giveGoodwill(
            MallFloor.won(amount),
            on: MallFloor.cupsOrder,
            atCostOf: .seller,
            because: .damaged,
            by: staff,
            key: "gesture"
        )
    }

    @discardableResult
    private static func takeBack(_ number: UInt128, line: Int, at market: SettledMall) async throws -> OrderReturn {
        let (id, seller) = (ReturnID(bits: number), MallFloor.cupsSeller)
        let item = try ReturnDesk.item(line, 1)
        try await market.returns.request(id, of: MallFloor.cupsOrder, [item], by: MallFloor.asBuyer, key: "request")
        try await market.returns.approve(id, by: seller, key: "approve")
        return try await market.returns.receive(id, [ReturnDesk.back(line, 1)], by: seller, key: "receive")
    }

    @Test(.timeLimit(.minutes(10)))
    func whateverIsStuckMeanwhileTheBooksAreExactInTheEnd() async {
        await PropertyRun.checkAsync(PropertyRun.whole(60, reducedTo: 15)) { run in try await Self.checkOneHistory(&run)
        }
    }

    @Test(.timeLimit(.minutes(10)))
    func whateverIsAskedAtOnceTheBooksAreExactInTheEnd() async {
        await PropertyRun.checkAsync(PropertyRun.whole(60, reducedTo: 15)) { run in
            let market = try await SettledMall(credit: Int64(run.natural(through: 4_000)))
            try await market.buy([.storeCredit(), .gateway()])
            let orders = market.orders
            let amounts = (0..<6).map { _ in Int64(1 + run.natural(through: 1_500)) }
            let cancels = run.natural(through: 1) == 0
            await withTaskGroup(of: Void.self) { group in
                for (number, amount) in amounts.enumerated() {
                    let id = Self.ids[number % 2]
                    let key = IdempotencyKey(unchecked: "gesture \(number)")
                    group.addTask {
                        _ = try? await orders.giveGoodwill(
                            MallFloor.won(amount),
                            on: id,
                            atCostOf: number % 3 == 0 ? .seller : .marketplace,
                            because: .other,
                            by: Self.staff,
                            key: key
                        )
                    }
                }
                for id in Self.ids {
                    group.addTask {
                        let change = OrderLineChange(lineIndex: 0, units: 1)
                        _ = try? await orders.change(id, [change], by: MallFloor.asBuyer, key: "change")
                        guard cancels else { return }
                        _ = try? await orders.cancel(id, because: .other, by: MallFloor.asBuyer, key: "cancel")
                    }
                }
                group.addTask { _ = try? await market.runner.catchUp() }
            }
            try await Self.settleAll(at: market)
            try await market.expectExact(run.replay.rawValue)
        }
    }

    private static func checkOneHistory(_ run: inout PropertyRun) async throws {
        let market = try await SettledMall(credit: Int64(run.natural(through: 4_000)))
        try await market.buy([.storeCredit(), .gateway()])
        market.gateway.turn(by: run.seed)
        var story: [String] = []
        for step in 0..<(4 + run.natural(through: 8)) {
            let id = run.element(of: ids)
            story.append(try await Self.step(UInt128(step), on: id, at: market, &run))
            try await market.runner.catchUp()
        }
        market.gateway.turn(by: nil)
        try await Self.settleAll(at: market)
        try await market.expectExact("\(story), \(run.replay)")
    }

    private static func step(
        _ number: UInt128,
        on id: OrderID,
        at market: SettledMall,
        _ run: inout PropertyRun
    ) async throws -> String {
        let order = try await market.mall.order(id)
        let seller = CommandActor.seller(id == MallFloor.cupsOrder ? MallFloor.cups : MallFloor.teas)
        let key = IdempotencyKey(unchecked: "step \(number)")
        switch run.natural(through: 9) {
        case 0...2:
            guard let left = order.refundable, left.isPositive else { return "" }
            let isAll = run.natural(through: 2) == 0
            let amount = isAll ? left.minorUnits : 1 + Int64(run.natural(through: Int(left.minorUnits) - 1))
            let bearer = run.element(of: GoodwillBearer.allCases)
            _ = try? await market.orders.giveGoodwill(
                MallFloor.won(amount),
                on: id,
                atCostOf: bearer,
                because: .other,
                by: staff,
                key: key
            )
            return "\(amount) on \(id.bits % 97)"
        case 3, 4:
            let units = order.units[0].owed - 1
            let change = OrderLineChange(lineIndex: 0, units: units)
            let isMade = (try? await market.orders.change(id, [change], by: seller, key: key)) != nil
            return "\(id.bits % 97) to \(units) \(isMade)"
        case 5, 6:
            guard order.units[0].open > 0 else { return "" }
            let shipment = ShipmentID(bits: number + 1)
            let units = [OrderUnits(lineIndex: 0, units: 1)]
            try? await market.deliver(units, as: shipment, of: id, by: seller)
            return "one of \(id.bits % 97)"
        case 7, 8:
            let returnID = ReturnID(bits: number + 1)
            let item = try ReturnDesk.item(0, 1)
            // The price, nothing at all, or more or less than it.
            let other: Int64? = run.element(of: [nil, 0, Int64(run.natural(through: 2_600))])
            let returns = try other.map { try market.returns(Giving($0)) } ?? market.returns
            let story = "\(id.bits % 97) returned for \(other.map(String.init) ?? "its price")"
            do {
                try await returns.request(returnID, of: id, [item], by: MallFloor.asBuyer, key: "request")
                try await returns.approve(returnID, by: seller, key: "approve")
                try await returns.receive(returnID, [ReturnDesk.back(0, 1)], by: seller, key: "receive")
                return story
            } catch {
                return "\(story): \(error)"
            }
        default:
            let isMade = (try? await market.orders.cancel(id, because: .other, by: seller, key: key)) != nil
            return "\(id.bits % 97) called off \(isMade)"
        }
    }

    /// Has everything given that is owed, as sweeps and an operator do.
    private static func settleAll(at market: SettledMall) async throws {
        _ = try await market.orders.sweep()
        for id in ids {
            for refund in try await market.mall.order(id).refunds where !refund.isSettled {
                let key = IdempotencyKey(unchecked: "retry \(refund.number)")
                // It may be given, and another one of the order not yet.
                _ = try? await market.orders.retryRefund(refund.number, of: id, by: staff, key: key)
            }
            for summary in try await market.returns.returns(of: id, by: staff).returns
            where summary.status == .completed && !summary.isSettled {
                try await market.returns.retryRefund(of: summary.id, by: staff, key: "retry")
            }
        }
    }
}
