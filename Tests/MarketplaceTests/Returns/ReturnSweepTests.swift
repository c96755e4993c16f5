import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

@Suite struct ReturnSweepTests {
    private typealias Desk = ReturnDesk

    @Test func aPageFullOfStuckReturnsDoesNotHideTheOnesBehind() async throws {
        let gate = RefundGate()
        let desk = Desk()
        let ids = (1...5).map { OrderID(bits: UInt128($0) << 32) }
        for (number, id) in ids.enumerated() {
            try await desk.sell([Desk.line(number, 1, 1_000)], as: id)
            try await desk.deliver(id)
        }
        let item = try Desk.item(0)
        for (number, id) in ids.enumerated() {
            desk.clock.advance(by: .seconds(1))
            let returnID = ReturnID(bits: UInt128(number + 1))
            let returns = desk.returns(gate)
            try await returns.request(returnID, of: id, [item], by: Desk.asBuyer, key: "request")
            try await returns.approve(returnID, by: Desk.asSeller, key: "approve")
            let units = [Desk.back(0)]
            await #expect(throws: ReturnsError.self) {
                try await returns.receive(returnID, units, by: Desk.asSeller, key: "receive")
            }
        }
        // Only the last one can be settled from now on.
        let repaired = desk.returns(RefundGate(open: ids[4]))
        var (settled, failed) = (0, 0)
        for _ in 0..<3 {
            desk.clock.advance(by: .seconds(1))
            let sweep = try await repaired.sweep(limit: 2)
            settled += sweep.settled
            failed += sweep.failures.count
        }
        #expect(settled == 1 && failed == 5)
        #expect(try await desk.returns().value(ReturnID(bits: 5), by: Desk.staff).isSettled)
        // When all is well again, the rest follows.
        for _ in 0..<2 {
            desk.clock.advance(by: .seconds(1))
            settled += try await desk.returns().sweep(limit: 2).settled
        }
        #expect(settled == 5)
    }
}

/// Knows what to give for no order but one.
private struct RefundGate: ReturnRefundRule {
    var open: OrderID?

    func refund(
        _ units: [BasketLineID: Int],
        shipping charges: Set<BasketLineID>,
        of order: Order,
        on ledger: inout RefundLedger
    ) async throws(ReturnsError) -> Refund {
        guard order.id == open else { throw .contended(attempts: 1) }
        return try await FrozenRefunds().refund(units, shipping: charges, of: order, on: &ledger)
    }
}
