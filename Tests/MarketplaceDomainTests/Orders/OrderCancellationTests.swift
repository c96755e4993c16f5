import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

/// How orders are called off, and what they owe then.
@Suite struct OrderCancellationTests {
    static let seller = CommandActor.seller(Example.seller)
    static let buyer = CommandActor.buyer(Example.buyer)

    @Test func cancelingAPaidOrderOwesItsTotalOnceAndAnUnpaidOneOwesNothing() throws {
        var paid = try OrderTests.order(in: .confirmed)
        try paid.perform(.cancel(.buyerRequest), by: Self.buyer)
        #expect(paid.refunds.map(\.amount) == [Example.won(16_500)])
        #expect(try paid.perform(.cancel(.buyerRequest), by: Self.buyer) == [])
        #expect(paid.refunds.count == 1)
        #expect(try OrderTests.order(in: .canceled).refunds.isEmpty)
        try paid.perform(.noteRefund(number: 1), by: .system)
        #expect(paid.refunds.map(\.isSettled) == [true])
        #expect(try paid.perform(.noteRefund(number: 1), by: .system) == [])
        #expect(paid.refusal(of: .noteRefund(number: 2), by: .system) == .unknownRefund(number: 2))
        #expect(paid.refusal(of: .noteRefund(number: 0), by: .system) == .unknownRefund(number: 0))
    }

    @Test func whatIsBeingPreparedIsCalledOffByTheSellerOnRequest() throws {
        var order = try OrderTests.order(in: .preparing)
        guard case .move? = order.refusal(of: .cancel(.buyerRequest), by: Self.buyer) else {
            Issue.record("the buyer has called it off without asking")
            return
        }
        #expect(order.refusal(of: .acceptCancellation, by: Self.seller) != nil)
        let events = try order.perform(.requestCancellation(.buyerRequest), by: Self.buyer)
        #expect(events.map { type(of: $0.payload).eventName } == ["OrderCancellationRequested"])
        #expect(try order.perform(.requestCancellation(.buyerRequest), by: Self.buyer) == [])
        // The seller decides before anything leaves.
        try order.perform(.pack(OrderTests.parcel, OrderTests.everything), by: Self.seller)
        guard case .move? = order.refusal(of: .ship(OrderTests.parcel), by: Self.seller) else {
            Issue.record("shipped over a request")
            return
        }
        var rejected = order
        try rejected.perform(.rejectCancellation(.alreadyPacked), by: Self.seller)
        #expect(rejected.requestedCancellation == nil)
        try rejected.perform(.ship(OrderTests.parcel), by: Self.seller)
        #expect(rejected.status == .shipped)
        try order.perform(.acceptCancellation, by: Self.seller)
        #expect(order.status == .canceled && order.cancellation == .buyerRequest)
        #expect(order.refunds.map(\.amount) == [Example.won(16_500)])
        #expect(order.units.allSatisfy { $0.open == 0 && $0.packed == 0 && $0.owed == 0 })
        #expect(try order.perform(.unpack(OrderTests.parcel), by: Self.seller) == [])
        #expect(order.refusal(of: .acceptCancellation, by: Self.buyer) != nil)
    }

    @Test(arguments: [OrderStatus.partiallyShipped, .shipped, .delivered, .completed])
    func whatHasLeftIsNotCalledOff(_ status: OrderStatus) throws {
        let order = try OrderTests.order(in: status)
        for role in [ActorRole.buyer, .seller, .operator, .system] {
            guard case .move? = order.refusal(of: .cancel(.other), by: Example.actor(role)) else {
                Issue.record("\(role) canceled while \(status)")
                continue
            }
        }
    }
}
