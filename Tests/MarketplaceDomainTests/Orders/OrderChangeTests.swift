import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

/// Changes of quantities before an order is shipped.
@Suite struct OrderChangeTests {
    static let seller = CommandActor.seller(Example.seller)
    static let buyer = CommandActor.buyer(Example.buyer)

    /// Three cups at 1,000 less 100, 100 and 99; two teas at 500; shipping for 250.
    static func order() throws -> Order {
        let shares = try FrozenShares(
            .krw,
            lines: [
                FrozenShares.Line(
                    "cups",
                    [
                        FrozenShares.Run(units: 2, discountMinor: 100, taxMinor: 0, paidMinor: 900),
                        FrozenShares.Run(units: 1, discountMinor: 99, taxMinor: 0, paidMinor: 901),
                    ]
                ),
                FrozenShares.Line(
                    "teas",
                    [FrozenShares.Run(units: 2, discountMinor: 0, taxMinor: 0, paidMinor: 500)]
                ),
            ],
            shipping: [FrozenShares.Charge("parcel", discountMinor: 0, taxMinor: 0, paidMinor: 250)]
        )
        var order = Order()
        let create = OrderAction.create(
            id: Example.orderID,
            buyer: Example.buyer,
            lines: [OrderTests.sold("cup", .units(3), 1_000), OrderTests.sold("tea", .units(2), 500)],
            shares: shares
        )
        try order.perform(create, by: buyer)
        try order.perform(.confirm, by: .system)
        return order
    }

    @Test func fewerUnitsGiveBackExactlyTheSharesOfTheLastOnes() throws {
        var order = try Self.order()
        #expect(order.total == Example.won(3_951))
        let changes = [OrderLineChange(lineIndex: 0, units: 1)]
        let amendment = try order.amendment(changes)
        #expect(amendment.settlement == .refund(Example.won(1_801)))
        #expect(
            amendment.shares.lines.first?.runs
                == [FrozenShares.Run(units: 1, discountMinor: 100, taxMinor: 0, paidMinor: 900)]
        )
        try order.perform(.change(changes), by: Self.buyer)
        #expect(order.total == Example.won(2_150))
        #expect(order.shares == amendment.shares)
        #expect(order.refunds.map(\.amount) == [Example.won(1_801)])
        #expect(order.units[0].owed == 1 && order.units[0].canceled == 2)
        // The same wish again is no change.
        #expect(try order.perform(.change(changes), by: Self.buyer) == [])
        try order.perform(.cancel(.buyerRequest), by: Self.buyer)
        #expect(order.refunds.reduce(0) { $0 + $1.amount.minorUnits } == 3_951)
    }

    @Test func aLineIsTakenOffAndComesBackAtThePriceOfTheLine() throws {
        var order = try Self.order()
        try order.perform(.change([OrderLineChange(lineIndex: 0, units: 0)]), by: Self.buyer)
        #expect(order.total == Example.won(1_250))
        #expect(order.shares?.lines.map(\.id) == ["teas"])
        let changes = [OrderLineChange(lineIndex: 0, units: 2), OrderLineChange(lineIndex: 1, units: 1)]
        let amendment = try order.amendment(changes)
        #expect(amendment.settlement == .charge(Example.won(1_500)))
        try order.perform(.change(changes), by: Self.buyer)
        #expect(order.total == Example.won(2_750))
        #expect(order.shares?.lines.map(\.id) == ["cups", "teas"])
        #expect(order.refunds.count == 1)
    }

    @Test func addedUnitsAreSoldForWhatTheServerSaysIfThePriceComesToIt() throws {
        let order = try Self.order()
        let added = FrozenShares.Run(units: 2, discountMinor: 50, taxMinor: 45, paidMinor: 450)
        let change = OrderLineChange(lineIndex: 1, units: 4, added: added)
        #expect(try order.amendment([change]).settlement == .charge(Example.won(900)))
        for other in [
            FrozenShares.Run(units: 1, discountMinor: 50, taxMinor: 45, paidMinor: 450),
            FrozenShares.Run(units: 2, discountMinor: 50, taxMinor: 45, paidMinor: 451),
            FrozenShares.Run(units: 2, discountMinor: -50, taxMinor: 0, paidMinor: 550),
        ] {
            let refusal = order.refusal(
                of: .change([OrderLineChange(lineIndex: 1, units: 4, added: other)]),
                by: Self.buyer
            )
            #expect(refusal == .sharesMismatch(lineIndex: 1))
        }
    }

    @Test func aBuyerDoesNotSayWhatIsTakenOffAddedUnits() throws {
        let order = try Self.order()
        let free = FrozenShares.Run(units: 3, discountMinor: 500, taxMinor: 0, paidMinor: 0)
        let change = OrderAction.change([OrderLineChange(lineIndex: 1, units: 5, added: free)])
        #expect(order.refusal(of: change, by: Self.buyer) == .discountNotGranted(lineIndex: 1))
        for actor in [Self.seller, .system] { #expect(order.refusal(of: change, by: actor) == nil) }
    }

    @Test func aPaymentPaysForOneChangeAndGivesBackFirst() throws {
        var order = try Self.order()
        let (first, extra) = (try #require(order.paymentID), PaymentID(bits: 0xE))
        func more(_ units: Int, paidBy payment: PaymentID) -> OrderAction {
            .change([OrderLineChange(lineIndex: 1, units: units)], paidBy: payment)
        }
        #expect(order.refusal(of: more(3, paidBy: first), by: Self.buyer) == .paymentUsed(first))
        try order.perform(more(3, paidBy: extra), by: Self.buyer)
        #expect(order.refundingPayments == [extra, first])
        #expect(order.refusal(of: more(4, paidBy: extra), by: Self.buyer) == .paymentUsed(extra))
        // The same again is no change, and a cheaper order uses no payment.
        #expect(try order.perform(more(3, paidBy: extra), by: Self.buyer) == [])
        try order.perform(more(1, paidBy: PaymentID(bits: 0xF)), by: Self.buyer)
        #expect(order.changePayments == [extra])
    }

    @Test func impossibleChangesAreRefusedWithTheFacts() throws {
        let order = try Self.order()
        func refusal(_ changes: OrderLineChange...) -> OrderRejection? {
            order.refusal(of: .change(changes), by: Self.buyer)
        }
        #expect(
            refusal(OrderLineChange(lineIndex: 0, units: -1))
                == .unitsOutOfRange(lineIndex: 0, requested: -1, available: 3)
        )
        #expect(refusal(OrderLineChange(lineIndex: 0, units: .max)) != nil)
        #expect(refusal(OrderLineChange(lineIndex: 2, units: 1)) == .unknownLine(index: 2))
        #expect(
            refusal(OrderLineChange(lineIndex: 0, units: 1), OrderLineChange(lineIndex: 0, units: 2))
                == .unknownLine(index: 0)
        )
        #expect(
            refusal(OrderLineChange(lineIndex: 0, units: 0), OrderLineChange(lineIndex: 1, units: 0)) == .nothingLeft
        )
    }

    @Test func whatIsPackedOrShippedStaysAndTheRestCanBeCalledOff() throws {
        var order = try Self.order()
        try order.perform(.pack(OrderTests.parcel, [OrderUnits(lineIndex: 0, units: 2)]), by: Self.seller)
        #expect(
            order.refusal(of: .change([OrderLineChange(lineIndex: 0, units: 1)]), by: Self.buyer)
                == .unitsOutOfRange(lineIndex: 0, requested: 1, available: 1)
        )
        try order.perform(.ship(OrderTests.parcel), by: Self.seller)
        let rest = OrderAction.change([
            OrderLineChange(lineIndex: 0, units: 2), OrderLineChange(lineIndex: 1, units: 0),
        ])
        guard case .move? = order.refusal(of: rest, by: Self.buyer) else {
            Issue.record("the buyer has changed what is on its way")
            return
        }
        var unfinished = order
        try unfinished.perform(rest, by: Self.seller)
        #expect(unfinished.status == .shipped)
        try order.perform(.deliver(OrderTests.parcel), by: .system)
        #expect(order.status == .partiallyShipped)
        try order.perform(rest, by: Self.seller)
        #expect(order.status == .delivered && order.deliveredAt == Example.now)
        #expect(order.refunds.map(\.amount) == [Example.won(1_901)])
    }

    @Test(arguments: [1, 2, 3, 4, 5] as [UInt64])
    func anyChangesAndACancellationGiveBackExactlyWhatWasPaid(_ seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var order = try Self.order()
            var paid: Int64 = 3_951
            for _ in 0..<Int.random(in: 0...6, using: &generator) {
                let change = OrderLineChange(
                    lineIndex: Int.random(in: 0...1, using: &generator),
                    units: Int.random(in: 0...6, using: &generator)
                )
                guard let amendment = try? order.amendment([change]) else { continue }
                if case .charge(let amount) = amendment.settlement { paid += amount.minorUnits }
                try order.perform(.change([change]), by: Self.buyer)
                let owed = paid - order.refunds.reduce(0) { $0 + $1.amount.minorUnits }
                #expect(order.total == Example.won(owed), "seed \(seed)")
                #expect(order.shares?.total ?? order.total == order.total, "seed \(seed)")
            }
            try order.perform(.cancel(.other), by: .system)
            #expect(order.refunds.reduce(0) { $0 + $1.amount.minorUnits } == paid, "seed \(seed)")
        }
    }
}
