import Marketplace
import MarketplaceTestKit
import TestSupport
import Testing

/// Two processes book the stock of one order, and one of them knows an older state of it than the other.
struct OrderStockRaceTests {
    private static let payment = PaymentID(bits: 78)

    private static func cups(_ units: Int) -> [OrderLineChange] { [OrderLineChange(lineIndex: 0, units: units)] }

    /// A mall where an order was changed from two cups to four, paid for and held, and the process died before that was
    /// promised; then the hold has run out.
    private static func changedTooLate() async throws -> MallFloor {
        let mall = try MallFloor()
        try await mall.buy()
        try await mall.take(MallFloor.won(2_000), as: payment)
        try await mall.pay(MallFloor.won(2_000), for: MallFloor.cupsOrder, as: payment)
        let dying = DyingInventory(mall.inventory, atChange: 2, takesEffect: false)
        _ = try? await mall.process(5, dying).orders.change(
            MallFloor.cupsOrder,
            cups(4),
            paidBy: payment,
            by: MallFloor.asBuyer,
            key: "more"
        )
        #expect(try await mall.order(MallFloor.cupsOrder).units[0].owed == 4)
        mall.clock.advance(by: .hours(1))
        _ = try mall.inventory.expire(dueBy: mall.clock.wall.now, limit: 100)
        return mall
    }

    // It was set free twice: of the first reservation by whom was overtaken, of the second one by whom overtook.
    @Test func whoeverIsOvertakenSetsNothingFreeThatTheOrderWantsAgain() async throws {
        let mall = try MallFloor()
        try await mall.buy()
        try await mall.take(MallFloor.won(1_000), as: Self.payment)
        try await mall.pay(MallFloor.won(1_000), for: MallFloor.cupsOrder, as: Self.payment)
        let slow = DyingInventory(mall.inventory, beforeChange: 1) {
            do {
                try await mall.orders.change(
                    MallFloor.cupsOrder,
                    Self.cups(2),
                    paidBy: Self.payment,
                    by: MallFloor.asBuyer,
                    key: "more again"
                )
            } catch {
                Issue.record(error)
            }
        }
        try await mall.process(5, slow).orders.change(
            MallFloor.cupsOrder,
            Self.cups(1),
            by: MallFloor.asBuyer,
            key: "fewer"
        )
        #expect(try await mall.order(MallFloor.cupsOrder).units[0].owed == 2)
        try await mall.expectStockFollows()
    }

    // What was held anew for a change stayed promised for good although the order was called off meanwhile.
    @Test(arguments: 1...4) func whatIsHeldAnewForAnOrderThatIsCalledOffMeanwhileIsSetFree(_ number: Int) async throws {
        let mall = try await Self.changedTooLate()
        let slow = DyingInventory(mall.inventory, beforeChange: number) {
            do {
                try await mall.orders.cancel(
                    MallFloor.cupsOrder,
                    because: .buyerRequest,
                    by: MallFloor.asBuyer,
                    key: "cancel"
                )
            } catch {
                Issue.record(error)
            }
        }
        try await mall.process(6, slow).orders.settle(MallFloor.cupsOrder, by: .system)
        // Where the settle was through with fewer calls, nobody has called it off.
        if try await mall.order(MallFloor.cupsOrder).status == .canceled {
            #expect(try await mall.available("cup") == 10)
        } else {
            #expect(number == 4)
        }
        try await mall.expectStockFollows()
    }

    // Units that were gone were taken off a second time when the buyer had done it meanwhile.
    @Test func whatTheBuyerHasTakenOffMeanwhileIsNotTakenOffAgainBecauseItWasGone() async throws {
        let mall = try await Self.changedTooLate()
        let available = try #require(try await mall.available("cup"))
        let now = mall.clock.wall.now
        let others = ReservationRequest(
            id: ReservationID(bits: 0xF00),
            lines: ReservationLines(ReservationLine("cup", .units(Int(available)))),
            member: "somebody else",
            deadline: now.advanced(by: .hours(2)),
            at: now
        )
        try mall.inventory.reserve(others)
        try mall.inventory.allocate(others.id, at: now)
        // What is held anew is refused: then the buyer takes one off, by a process that dies before it books that.
        let slow = DyingInventory(mall.inventory, beforeChange: 3) {
            let dying = DyingInventory(mall.inventory, atChange: 1, takesEffect: false)
            _ = try? await mall.process(7, dying).orders.change(
                MallFloor.cupsOrder,
                Self.cups(3),
                by: MallFloor.asBuyer,
                key: "fewer"
            )
        }
        try await mall.process(6, slow).orders.settle(MallFloor.cupsOrder, by: .system)
        let order = try await mall.order(MallFloor.cupsOrder)
        #expect(order.changeCount == 3 && order.units[0].owed == 2)
        try await mall.expectStockFollows(taken: available)
    }
}
