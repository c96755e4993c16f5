import MarketplaceCore
import MarketplaceDomain
import TestSupport
import Testing

@Suite struct OrderGroupTests {
    static let id = OrderGroupID(bits: 60)
    static let orders = [
        GroupedOrder(orderID: OrderID(bits: 61), sellerID: Example.seller, total: Example.won(300)),
        GroupedOrder(orderID: OrderID(bits: 62), sellerID: nil, total: Example.won(0)),
    ]
    static let create = create(orders)

    static func create(_ orders: [GroupedOrder]) -> OrderGroupAction {
        .create(id: id, buyer: Example.buyer, orders: orders, payment: PaymentID(bits: 60))
    }

    @Test func aGroupComesToWhatItsOrdersComeTo() throws {
        var group = OrderGroup()
        let events = try group.perform(Self.create, by: .buyer(Example.buyer))
        #expect(group.placed?.total == Example.won(300))
        #expect(try group.perform(Self.create, by: .buyer(Example.buyer)) == [])
        let read = try events.map { try #require(try roundTripped($0)) }
        #expect(OrderGroup(replaying: read) == group)
        #expect(
            group.refusal(of: Self.create(Self.orders.reversed()), by: .system) == .alreadyCreated(Self.id)
        )
    }

    @Test func impossibleGroupsAreRefusedWithTheFacts() {
        func refusal(_ orders: [GroupedOrder]) -> OrderGroupRejection? {
            OrderGroup().refusal(of: Self.create(orders), by: .system)
        }
        #expect(refusal([]) == .tooFewOrders(count: 0))
        #expect(refusal([Self.orders[0]]) == .tooFewOrders(count: 1))
        #expect(refusal([Self.orders[0], Self.orders[0]]) == .sellerTwice(Example.seller))
        let many = (0..<51).map {
            GroupedOrder(orderID: OrderID(bits: $0), sellerID: SellerID(bits: $0), total: Example.won(1))
        }
        #expect(refusal(many) == .tooManyOrders(count: 51, maximum: 50))
        #expect(refusal(Array(many.prefix(50))) == nil)
        let negative = GroupedOrder(orderID: OrderID(bits: 1), sellerID: nil, total: Example.won(-300))
        #expect(refusal([Self.orders[0], negative]) == .negativeTotal(Example.won(-300), OrderID(bits: 1)))
        let dollars = GroupedOrder(orderID: OrderID(bits: 1), sellerID: nil, total: Money(minorUnits: 1, .usd))
        guard case .amount? = refusal([Self.orders[0], dollars]) else {
            Issue.record("two currencies in one group")
            return
        }
    }
}
