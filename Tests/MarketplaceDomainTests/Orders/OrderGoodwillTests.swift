import MarketplaceCore
import MarketplaceDomain
import Testing

/// What a buyer is given beyond what is called off or returned, and what an order owes before and after it.
@Suite struct OrderGoodwillTests {
    private static let staff = CommandActor.operator(Example.staff)
    private static let seller = CommandActor.seller(Example.seller)

    private static func give(_ amount: Int64, _ bearer: GoodwillBearer = .marketplace) -> OrderAction {
        .giveGoodwill(Example.won(amount), atCostOf: bearer, because: .damaged)
    }

    @Test func goodwillIsARefundTheOrderOwes() throws {
        var order = try OrderTests.order(in: .delivered)
        let events = try order.perform(Self.give(500, .seller), by: Self.seller)
        #expect(
            events == [
                .goodwillGiven(
                    OrderGoodwillGiven(
                        orderID: try #require(order.id),
                        number: 1,
                        amount: Example.won(500),
                        bearer: .seller,
                        reason: .damaged,
                        by: Self.seller,
                        at: Example.now
                    )
                )
            ]
        )
        #expect(order.refunds.map(\.amount) == [Example.won(500)] && order.refunds[0].cause == .goodwill)
        #expect(order.total == Example.won(16_500) && order.refundable == Example.won(16_000))
        #expect(order.status == .delivered)
        // Each is a gesture of its own.
        try order.perform(Self.give(500), by: Self.staff)
        #expect(order.refunds.map(\.number) == [1, 2] && order.refundable == Example.won(15_500))
    }

    @Test func aSellerIsGenerousAtTheirOwnCostAlone() throws {
        let order = try OrderTests.order(in: .confirmed)
        guard case .forbidden(let refusal)? = order.refusal(of: Self.give(1), by: Self.seller) else {
            Issue.record("a seller has given what is the marketplace's")
            return
        }
        #expect(refusal.command == "order.giveGoodwill" && refusal.allowed == [.operator])
        #expect(order.refusal(of: Self.give(1, .seller), by: Self.seller) == nil)
        #expect(order.refusal(of: Self.give(1, .seller), by: Self.staff) == nil)
    }

    @Test func noMoreIsGivenThanIsLeftAndNotTooOften() throws {
        var order = try OrderTests.order(in: .shipped)
        for amount in [0, -1] {
            #expect(
                order.refusal(of: Self.give(Int64(amount)), by: Self.staff) == .notPositive(Example.won(Int64(amount)))
            )
        }
        let dollar = OrderAction.giveGoodwill(Money(minorUnits: 1, .usd), atCostOf: .marketplace, because: .other)
        #expect(order.refusal(of: dollar, by: Self.staff) == .amount(.currencyMismatch(left: .krw, right: .usd)))
        try order.perform(Self.give(16_000), by: Self.staff)
        #expect(
            order.refusal(of: Self.give(501), by: Self.staff)
                == .exceedsRefundable(requested: Example.won(501), refundable: Example.won(500))
        )
        for _ in 1..<Order.maximumGoodwillCount { try order.perform(Self.give(1), by: Self.staff) }
        #expect(order.refusal(of: Self.give(1), by: Self.staff) == .tooMuchGoodwill(maximum: 10))
    }

    @Test(arguments: [OrderStatus.pending, .canceled, .failed, .expired])
    func whatIsNotPaidOrCalledOffGivesNothing(_ status: OrderStatus) throws {
        guard case .move? = try OrderTests.order(in: status).refusal(of: Self.give(1), by: Self.staff) else {
            Issue.record("given while \(status)")
            return
        }
    }

    // The full amount was asked for, which the payment had not any more, so that it was owed for ever.
    @Test func anOrderThatIsCalledOffAfterGoodwillOwesWhatIsLeft() throws {
        var order = try OrderTests.order(in: .confirmed)
        try order.perform(Self.give(600), by: Self.staff)
        try order.perform(.cancel(.other), by: Self.staff)
        #expect(order.refunds.map(\.amount) == [Example.won(600), Example.won(15_900)])
        #expect(order.refundable == Example.won(0))
    }

    @Test func aCancellationAfterAllWasGivenIsSettledAllTheSame() throws {
        var order = try OrderTests.order(in: .confirmed)
        try order.perform(Self.give(16_500), by: Self.staff)
        try order.perform(.cancel(.other), by: Self.staff)
        #expect(order.refunds.map(\.amount) == [Example.won(16_500), Example.won(0)])
        #expect(order.refunds.map(\.cause) == [.goodwill, .cancellation])
        try order.perform(.noteRefund(number: 2), by: .system)
        #expect(order.refunds[1].isSettled)
    }

    @Test func aChangeAfterGoodwillOwesWhatIsLeftAndSaysSoBefore() throws {
        var order = try OrderTests.order(in: .confirmed)
        try order.perform(Self.give(16_000), by: Self.staff)
        let less = [OrderLineChange(lineIndex: 0, units: 1)]
        let amendment = try order.amendment(less)
        let difference = amendment.previousTotal.minorUnits - amendment.total.minorUnits
        #expect(difference > 500 && amendment.settlement == .refund(Example.won(500)))
        try order.perform(.change(less), by: Self.staff)
        #expect(order.refunds.map(\.amount) == [Example.won(16_000), Example.won(500)])
        #expect(order.refunds.map(\.cause) == [.goodwill, .change])
        // Nothing is left: taking the unit off that is left over owes nothing either.
        try order.perform(.cancel(.other), by: Self.staff)
        #expect(order.refunds.map(\.amount).last == Example.won(0))
    }

    @Test func aChangeThatIsPaidForCanBeGivenBackAgain() throws {
        var order = try OrderTests.order(in: .confirmed)
        try order.perform(Self.give(16_500), by: Self.staff)
        let units = order.units[0].owed
        let price = order.lines[0].unitPrice.minorUnits
        try order.perform(
            .change([OrderLineChange(lineIndex: 0, units: units + 1)], paidBy: PaymentID(bits: 9)),
            by: .system
        )
        #expect(order.refundable == Example.won(price))
        try order.perform(.change([OrderLineChange(lineIndex: 0, units: units - 1)]), by: .system)
        #expect(order.refunds.map(\.amount) == [Example.won(16_500), Example.won(price)])
    }

    @Test func whatReturnsGiveIsTakenNoteOfOnce() throws {
        var order = try OrderTests.order(in: .delivered)
        let note = OrderAction.noteReturnRefund(ReturnID(bits: 1), Example.won(16_000))
        try order.perform(note, by: .system)
        #expect(try order.perform(note, by: .system) == [])
        #expect(order.refundable == Example.won(500) && order.refunds.isEmpty)
        let other = OrderAction.noteReturnRefund(ReturnID(bits: 1), Example.won(1))
        #expect(
            order.refusal(of: other, by: .system) == .returnRefundFixed(ReturnID(bits: 1), Example.won(16_000))
        )
        #expect(
            order.refusal(of: Self.give(501), by: Self.staff)
                == .exceedsRefundable(requested: Example.won(501), refundable: Example.won(500))
        )
    }
}
