import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

/// What an order owes its stock follows from its state.
@Suite struct OrderStockTests {
    static let seller = CommandActor.seller(Example.seller)
    static let contents = [OrderUnits(lineIndex: 0, units: 2)]
    static let again = ShipmentID(bits: 9)

    @Test func whateverMovesStockIsOwedUntilItIsNoted() throws {
        var order = try OrderTests.order(in: .preparing)
        #expect(!order.owesStock)
        try order.perform(.pack(OrderTests.parcel, Self.contents), by: Self.seller)
        #expect(!order.owesStock)
        try order.perform(.ship(OrderTests.parcel), by: Self.seller)
        #expect(order.owesStock && order.units[0].setAside == 0)
        #expect(order.refusal(of: .noteStock(revision: 2), by: .system) == .unknownStock(revision: 2))
        try order.perform(.change([OrderLineChange(lineIndex: 2, units: 1)]), by: Self.seller)
        // What is noted of an older state is not the whole.
        #expect(try order.perform(.noteStock(revision: 1), by: .system) == [])
        #expect(order.owesStock && order.units[2].setFree == 2)
        #expect(try order.perform(.noteStock(revision: 2), by: .system).count == 1)
        #expect(try !order.owesStock && order.perform(.noteStock(revision: 2), by: .system) == [])
    }

    @Test func anOrderWithoutAPriceOwesItsStockWhenItIsCanceled() throws {
        var order = Order()
        let line = OrderTests.sold("cup", .units(3), 0)
        try order.perform(
            .create(id: Example.orderID, buyer: Example.buyer, lines: [line]),
            by: .buyer(Example.buyer)
        )
        try order.perform(.confirm, by: .system)
        try order.perform(.cancel(.buyerRequest), by: .buyer(Example.buyer))
        #expect(order.refunds.isEmpty && order.owesStock && order.units[0].setFree == 3)
    }

    @Test(arguments: [true, false])
    func whatDidNotArriveIsSetAsideAnewWhenItIsPackedAgain(_ isBack: Bool) throws {
        var order = try OrderTests.order(in: .preparing)
        try order.perform(.pack(OrderTests.parcel, Self.contents), by: Self.seller)
        try order.perform(.ship(OrderTests.parcel), by: Self.seller)
        try order.perform(.noteStock(revision: 1), by: .system)
        try order.perform(.takeBack(OrderTests.parcel, intoStock: isBack), by: Self.seller)
        // A lost unit is gone: the stock has lost it already.
        #expect(order.owesStock == isBack)
        #expect(order.units[0].open == 2 && order.units[0].setAside == 0)
        let packed = try order.perform(.pack(Self.again, OrderTests.everything), by: Self.seller)
        let parcels = packed.compactMap { if case .parcelMoved(let moved) = $0 { moved.replacements } else { nil } }
        #expect(parcels == [Self.contents])
        #expect(order.owesStock && order.units[0].setAside == 2)
        // Unpacked, they are free for everybody.
        try order.perform(.unpack(Self.again), by: Self.seller)
        #expect(order.units[0].setAside == 0 && order.units[0].setFree == 2 && order.units[1].setFree == 0)
        try order.perform(.cancel(.sellerUnable), by: Self.seller)
        #expect(order.units.map(\.setAside) == [0, 0, 0] && order.units[0].setFree == 2)
    }

    @Test func whatIsCalledOffAfterALossIsWhatWasNotSetAside() throws {
        var order = try OrderTests.order(in: .preparing)
        try order.perform(.pack(OrderTests.parcel, [OrderUnits(lineIndex: 2, units: 2)]), by: Self.seller)
        try order.perform(.ship(OrderTests.parcel), by: Self.seller)
        try order.perform(.takeBack(OrderTests.parcel), by: Self.seller)
        #expect(order.units[2].open == 3 && order.units[2].setAside == 1)
        try order.perform(.change([OrderLineChange(lineIndex: 2, units: 1)]), by: Self.seller)
        #expect(order.units[2].setFree == 0 && order.units[2].setAside == 1)
    }

    // What was unpacked by a cancellation was counted in the order of a dictionary.
    @Test func everyReplayOfACancellationCountsWhatItUnpacksAlike() throws {
        var order = Order()
        var events: [OrderEvent] = []
        let create = OrderAction.create(
            id: Example.orderID,
            buyer: Example.buyer,
            lines: [OrderTests.sold("cup", .units(8), 1_000)]
        )
        events += try order.perform(create, by: .buyer(Example.buyer))
        events += try order.perform(.confirm, by: .system)
        events += try order.perform(.pack(OrderTests.parcel, [OrderUnits(lineIndex: 0, units: 8)]), by: Self.seller)
        events += try order.perform(.ship(OrderTests.parcel), by: Self.seller)
        events += try order.perform(.takeBack(OrderTests.parcel), by: Self.seller)
        for number in 1...8 as ClosedRange<UInt128> {
            let one = [OrderUnits(lineIndex: 0, units: 1)]
            events += try order.perform(.pack(ShipmentID(bits: 100 + number), one), by: Self.seller)
        }
        events += try order.perform(.cancel(.sellerUnable), by: Self.seller)
        for _ in 0..<20 { #expect(Order(replaying: events) == order) }
    }

    @Test func whatAChangeHasAddedIsTakenOffOnceAndItsPriceIsOwed() throws {
        var order = try OrderTests.order(in: .confirmed)
        let total = order.total
        try order.perform(.change([OrderLineChange(lineIndex: 0, units: 4)]), by: Self.seller)
        let gone = [OrderUnits(lineIndex: 0, units: 2)]
        #expect(
            order.refusal(of: .undoChange(number: 1, units: [OrderUnits(lineIndex: 0, units: 3)]), by: .system)
                == .unitsOutOfRange(lineIndex: 0, requested: 3, available: 2)
        )
        #expect(order.refusal(of: .undoChange(number: 2, units: gone), by: .system) == .unknownChange(number: 2))
        #expect(order.refusal(of: .undoChange(number: 0, units: gone), by: .system) == .unknownChange(number: 0))
        try order.perform(.undoChange(number: 1, units: gone), by: .system)
        #expect(order.total == total && order.units[0].owed == 2 && order.refunds.count == 1)
        #expect(try order.perform(.undoChange(number: 1, units: gone), by: .system) == [])
    }

    @Test func whatIsSetFreeIsTakenFromWhatWasSetAsideThenAndStaysTakenFromThat() throws {
        var order = try OrderTests.order(in: .confirmed)
        func setFree() -> [Int] { order.allotments.map { $0.lines[0]?.setFree ?? 0 } }
        try order.perform(.change([OrderLineChange(lineIndex: 0, units: 1)]), by: Self.seller)
        try order.perform(.change([OrderLineChange(lineIndex: 0, units: 3)]), by: Self.seller)
        #expect(order.allotments.map(\.origin) == [.placement, .change(2)] && setFree() == [1, 0])
        try order.perform(.change([OrderLineChange(lineIndex: 0, units: 4)]), by: Self.seller)
        // What was set aside last goes first, but for what is named.
        try order.perform(.undoChange(number: 2, units: [OrderUnits(lineIndex: 0, units: 2)]), by: .system)
        #expect(setFree() == [1, 2, 0])
        try order.perform(.cancel(.sellerUnable), by: Self.seller)
        #expect(setFree() == [2, 2, 1])
    }

    @Test func aRefundIsAskedForAnewAttemptByAttemptUpToABound() throws {
        var order = try OrderTests.order(in: .confirmed)
        try order.perform(.cancel(.other), by: .system)
        let staff = CommandActor.operator(Example.staff)
        for attempt in [0, 1, 3] {
            #expect(
                order.refusal(of: .retryRefund(number: 1, attempt: attempt), by: staff)
                    == .unknownRefundAttempt(number: 1, attempt: attempt)
            )
        }
        #expect(order.refusal(of: .retryRefund(number: 2, attempt: 2), by: staff) == .unknownRefund(number: 2))
        for attempt in 2...Order.maximumRefundAttempts {
            try order.perform(.retryRefund(number: 1, attempt: attempt), by: staff)
            // Two who ask at once ask for the same attempt.
            #expect(try order.perform(.retryRefund(number: 1, attempt: attempt), by: staff) == [])
        }
        #expect(
            order.refusal(of: .retryRefund(number: 1, attempt: Order.maximumRefundAttempts + 1), by: staff)
                == .tooManyRefundAttempts(maximum: Order.maximumRefundAttempts)
        )
        try order.perform(.noteRefund(number: 1), by: .system)
        #expect(try order.perform(.retryRefund(number: 1, attempt: 11), by: staff) == [])
    }
}
