import Marketplace
import MarketplaceTestKit
import TestSupport

/// Gives that much, whatever comes back.
struct Giving: ReturnRefundRule {
    private let amount: RefundLedger

    init(_ minorUnits: Int64) throws {
        let run = FrozenShares.Run(units: 1, discountMinor: 0, taxMinor: 0, paidMinor: minorUnits)
        let line = FrozenShares.Line("other", [run])
        amount = RefundLedger(try FrozenShares(.krw, lines: [line], shipping: [], promotions: []))
    }

    func refund(
        _ units: [BasketLineID: Int],
        shipping charges: Set<BasketLineID>,
        of order: Order,
        on ledger: inout RefundLedger
    ) async throws(ReturnsError) -> Refund {
        _ = try await FrozenRefunds().refund(units, shipping: charges, of: order, on: &ledger)
        var other = amount
        do {
            return try other.refund(["other": 1])
        } catch {
            throw .refund(error)
        }
    }
}
