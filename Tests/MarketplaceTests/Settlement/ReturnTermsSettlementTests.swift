import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Returns that give something else than their units were paid with, beside goodwill: each is posted in one entry.
@Suite struct ReturnTermsSettlementTests {
    private static let staff = CommandActor.operator(MallFloor.staff)
    private static let id = MallFloor.cupsOrder

    // What was kept back of the return was taken for goodwill that is given back to the seller.
    @Test func whatAReturnKeepsBackIsNotGivenToWhoHasBorneGoodwill() async throws {
        let market = try await SettledMall(credit: 0)
        try await market.buy([.gateway()])
        try await market.deliver(Self.id, by: MallFloor.cupsSeller)
        try await Self.give(2_500, atCostOf: .seller, at: market)
        try await Self.takeBack(1, giving: Giving(100), at: market)
        try await market.expectExact("a return that keeps most back")
        let state = try await Self.state(at: market)
        #expect(state.goodwillBorne == [MallFloor.cups: 2_500] && state.retentions == [nil: 900])
        #expect(state.compensations == [MallFloor.cups: 2_500, nil: -900])
        #expect(try await market.balance(.goodwill) == -900)
    }

    // Goodwill of who had kept something back was nobody's, so that a change owed it once more.
    @Test func aReturnThatGivesMoreIsPostedAfterAChangeThatCameBetween() async throws {
        let market = try await SettledMall(credit: 0)
        try await Self.deliverTwo(at: market)
        try await Self.takeBack(1, giving: Giving(0), at: market)
        try await Self.give(500, atCostOf: .marketplace, at: market)
        try await Self.changeWhileAReturnIsStuck(giving: Giving(2_000), at: market)
        try await market.expectExact("a return that gives more")
        let state = try await Self.state(at: market)
        #expect(state.goodwillBorne == [nil: 1_000] && state.retentions == [nil: 1_000])
        #expect(state.compensatedMinor == 0)
    }

    // The change owed the buyer what the return had been promised, and the return could never be posted.
    @Test func aChangeOwesNothingOfWhatAReturnWasPromisedBeyondItsUnits() async throws {
        let market = try await SettledMall(credit: 0)
        try await Self.deliverTwo(at: market)
        try await Self.changeWhileAReturnIsStuck(giving: Giving(2_500), at: market)
        try await market.expectExact("a return that gives more than is delivered")
        let state = try await Self.state(at: market)
        // 30.00 were paid, 25.00 and 5.00 given; the cup that the buyer has was for nothing.
        #expect(state.goodwillBorne == [nil: 1_000] && state.retentions.isEmpty)
    }

    @Test func aReturnThatGivesNothingPostsItsUnitsInOneEntry() async throws {
        let market = try await SettledMall(credit: 0)
        try await market.buy([.gateway()])
        try await market.deliver(Self.id, by: MallFloor.cupsSeller)
        try await Self.takeBack(1, giving: Giving(0), at: market)
        try await market.expectExact("a return that gives nothing")
        let state = try await Self.state(at: market)
        #expect(state.progress.map(\.returned) == [1, 0] && state.retentions == [nil: 1_000])
        let causes = state.causes.values.filter { [.refund, .retention, .goodwill].contains($0.kind) }
        #expect(causes.map(\.kind) == [.refund])
        #expect(causes.first?.amount == MallFloor.won(0) && causes.first?.keptMinor == 1_000)
    }

    /// Has a return of one cup wait for its money while the open line is called off.
    private static func changeWhileAReturnIsStuck(giving rule: Giving, at market: SettledMall) async throws {
        market.gateway.fallSilent(true)
        await #expect(throws: ReturnsError.self) { try await takeBack(2, giving: rule, at: market) }
        let less = [OrderLineChange(lineIndex: 1, units: 0)]
        _ = try? await market.orders.change(id, less, by: MallFloor.cupsSeller, key: "less")
        try await market.runner.catchUp()
        market.gateway.fallSilent(false)
        _ = try await market.orders.sweep()
        _ = try await market.returns.sweep()
        #expect(try await market.returns.value(ReturnID(bits: 2), by: staff).isSettled)
    }

    private static func deliverTwo(at market: SettledMall) async throws {
        try await market.buy([.gateway()])
        let two = [OrderUnits(lineIndex: 0, units: 2)]
        try await market.deliver(two, as: ShipmentID(bits: 1), of: id, by: MallFloor.cupsSeller)
    }

    private static func state(at market: SettledMall) async throws -> OrderSettlement {
        try await market.settlement.state(of: id, by: staff)
    }

    private static func give(
        _ amount: Int64,
        atCostOf bearer: GoodwillBearer,
        at market: SettledMall
    ) async throws {
        let money = MallFloor.won(amount)
        let orders = market.orders
        try await orders.giveGoodwill(money, on: id, atCostOf: bearer, because: .other, by: staff, key: "gesture")
        try await market.runner.catchUp()
    }

    private static func takeBack(_ number: UInt128, giving rule: Giving, at market: SettledMall) async throws {
        let (returnID, seller) = (ReturnID(bits: number), MallFloor.cupsSeller)
        let returns = market.returns(rule)
        try await returns.request(returnID, of: id, [ReturnDesk.item(0, 1)], by: MallFloor.asBuyer, key: "request")
        try await returns.approve(returnID, by: seller, key: "approve")
        try await returns.receive(returnID, [ReturnDesk.back(0, 1)], by: seller, key: "receive")
        try await market.runner.catchUp()
    }
}
