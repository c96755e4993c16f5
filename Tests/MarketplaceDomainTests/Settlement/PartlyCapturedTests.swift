import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

/// An order of which only a part was taken yet.
@Suite struct PartlyCapturedTests {
    private typealias Settlement = OrderSettlementTests

    @Test func unitsThatNothingWasTakenForGiveNothingBack() throws {
        // Three units for 290.00; a third of that is taken, and earned with the first unit.
        let line = try Settlement.line()
        let first = line.paid.sum(from: 0, units: 1)
        var settlement = try Settlement.opened([line], captured: first)
        try settlement.perform(.deliver(entry: Settlement.id(1), units: [LineUnits(line.id, 1)]), by: .system)
        let cancellation = OrderSettlementAction.refund(
            entry: Settlement.id(2),
            units: [LineUnits(line.id, 1)],
            stage: .beforeDelivery,
            tender: .gateway
        )
        let refused = OrderSettlementRejection.exceedsCaptured(
            // What is called off is the last unit.
            requested: Settlement.eur(line.paid.sum(from: 2, units: 1)),
            left: Settlement.eur(0)
        )
        #expect(settlement.refusal(of: cancellation, by: .system) == refused)
        let all = OrderSettlementAction.capture(
            entry: Settlement.id(3),
            amount: Settlement.eur(line.paid.totalMinor - first),
            tender: .gateway
        )
        try settlement.perform(all, by: .system)
        #expect(settlement.refusal(of: cancellation, by: .system) == nil)
    }
}
