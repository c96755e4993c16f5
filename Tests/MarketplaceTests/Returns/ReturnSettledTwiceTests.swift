import Marketplace
import MarketplaceTestKit
import Synchronization
import TestSupport
import Testing

/// A return that two processes settle at once, of a purchase that has little left.
@Suite struct ReturnSettledTwiceTests {
    private static let staff = CommandActor.operator(MallFloor.staff)
    private static let id = ReturnID(bits: 1)

    // What the other had fixed was less than what was read, and whoever came second was refused its key.
    @Test func whoeverComesSecondFindsItSettled() async throws {
        let market = try await SettledMall(credit: 0)
        try await market.buy([.gateway()])
        try await market.deliver(MallFloor.cupsOrder, by: MallFloor.cupsSeller)
        let purchase = PaymentID(bits: MallFloor.purchase.bits)
        try await market.payments.refundPurchase(purchase, MallFloor.won(3_000), by: Self.staff, key: "bare")
        let other = market.returns
        let overtaken = Returns(
            in: market.mall.environment,
            payments: market.payments,
            inventory: market.mall.inventory,
            refunds: OvertakenRule { _ = try await other.settle(Self.id) }
        )
        let item = try ReturnDesk.item(0, 1)
        try await overtaken.request(Self.id, of: MallFloor.cupsOrder, [item], by: MallFloor.asBuyer, key: "request")
        try await overtaken.approve(Self.id, by: MallFloor.cupsSeller, key: "approve")
        let units = [ReturnDesk.back(0, 1)]
        let value = try await overtaken.receive(Self.id, units, by: MallFloor.cupsSeller, key: "receive")
        #expect(value.isSettled && value.refunded == MallFloor.won(1_000))
        #expect(try market.mall.moved()?.refunded == MallFloor.won(4_000))
    }
}

/// Gives the frozen shares, after somebody else has done something.
private final class OvertakenRule: ReturnRefundRule {
    private let first: @Sendable () async throws -> Void
    private let isOvertaken = Mutex(false)

    init(_ first: @escaping @Sendable () async throws -> Void) {
        self.first = first
    }

    func refund(
        _ units: [BasketLineID: Int],
        shipping charges: Set<BasketLineID>,
        of order: Order,
        on ledger: inout RefundLedger
    ) async throws(ReturnsError) -> Refund {
        let isFirst = isOvertaken.withLock { was in
            defer { was = true }
            return !was
        }
        if isFirst { try? await first() }
        return try await FrozenRefunds().refund(units, shipping: charges, of: order, on: &ledger)
    }
}
