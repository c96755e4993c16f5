import Marketplace
import MarketplaceTestKit
import Testing

struct SettlementGuide {
    private let manual = ManualClock()

    private func environment() -> ServiceEnvironment {
        ServiceEnvironment(
            store: InMemoryStore(wallClock: manual.wall, clock: manual),
            codec: .json,
            identifiers: TimeOrderedIdentifiers(clock: manual.wall),
            wallClock: manual.wall
        )
    }

    /// An order of two units at 50.00 of one seller.
    private func placed(seller: SellerID) throws -> OrderCreated {
        let price = Money(minorUnits: 5_000, .eur)
        let line = OrderLine(sku: "lamp", sellerID: seller, quantity: try Quantity(2), unitPrice: price)
        return OrderCreated(
            orderID: OrderID(bits: 1),
            buyerID: MemberID(bits: 2),
            lines: [line],
            total: try price * 2,
            by: .system,
            at: manual.wall.now
        )
    }

    @Test func anOrderIsSettledAndItsSellerPaid() async throws {
        let environment = environment()
        let seller = SellerID(bits: 3)
        let placed = try placed(seller: seller)
        // guide: Settlement
        let standard = try CommissionRule(
            "standard",
            fee: .percent(.percent(8), of: .net),
            cap: CurrencyAmounts(Money(minorUnits: 2_000, .eur))
        )
        let terms = SettlementTerms(
            commissions: try CommissionRules([standard], taxRate: .percent(19)),
            holdBack: .days(14)
        )
        let settlement = Settlement(
            in: environment,
            payoutTerms: PayoutTerms(minimum: CurrencyAmounts(Money(minorUnits: 1_000, .eur))),
            payouts: ScriptedPayoutProvider()
        )
        try await settlement.open(placed, on: terms, by: .system, key: "open")
        try await settlement.recordCapture(placed.total, of: placed.orderID, by: .system, key: "capture-1")
        try await settlement.recordDelivery(of: placed.orderID, by: .system, key: "parcel-1")
        let lamp = [LineUnits("0", 1)]  // one of the two comes back
        try await settlement.recordRefund(of: placed.orderID, lamp, .afterDelivery, by: .system, key: "return-1")
        // end of guide
        manual.advance(by: .days(15))
        // guide: The daily run
        let day = SettlementPeriod(endingAt: environment.wallClock.now)
        try await settlement.settle(day, by: .system)  // again, or on two servers at once: no further effect
        let sending = try await settlement.sendPayouts(by: .system)

        let trial = try await settlement.trialBalance(by: .system)
        let month = SettlementPeriod(endingAt: day.end, lasting: .days(30))
        let statement = try await settlement.statement(of: seller, in: .eur, for: month, by: .seller(seller))
        let rows = statement.csv(name: "Lamps & Co")
        // end of guide
        #expect(sending.paid.count == 1)
        #expect(trial.isBalanced)
        #expect(trial[.cash, .eur] == Money(minorUnits: 5_000 - 4_524, .eur))
        #expect(rows.contains(",delivery,seller-payable,"))
    }
}
