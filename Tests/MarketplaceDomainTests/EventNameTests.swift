import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct EventNameTests {
    static let names =
        ProductEvent.cases.map(\.name) + OrderEvent.cases.map(\.name) + PaymentEvent.cases.map(\.name)
        + StoreCreditEvent.cases.map(\.name)

    @Test func theNamesThatSubscribersKnowAreThere() {
        let known: Set<String> = [
            "ProductCreated", "ProductUpdated", "ProductStatusChanged", "ProductPriceChanged", "OrderCreated",
            "OrderStatusChanged", "OrderCanceled", "PaymentCreated", "PaymentCompleted", "PaymentFailed",
            "RefundInitiated", "RefundCompleted",
        ]
        #expect(known.subtracting(Self.names).isEmpty)
    }

    @Test func noTwoEventsShareAName() {
        #expect(Set(Self.names).count == Self.names.count)
    }

    @Test func everyAggregateHasItsOwnCategory() {
        #expect([Product.category, Order.category, Payment.category] == ["product", "order", "payment"])
    }
}
