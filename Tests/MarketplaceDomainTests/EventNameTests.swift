import MarketplaceCore
import MarketplaceDomain
import Testing

@Suite struct EventNameTests {
    static let names =
        ProductEvent.cases.map(\.name) + CategoryEvent.cases.map(\.name) + ReviewEvent.cases.map(\.name)
        + OrderEvent.cases.map(\.name) + PaymentEvent.cases.map(\.name)

    @Test func theNamesThatSubscribersKnowAreThere() {
        let known: Set<String> = [
            "ProductCreated", "ProductUpdated", "ProductStatusChanged", "ProductPriceChanged", "CategoryCreated",
            "OrderCreated",
            "OrderStatusChanged", "OrderCanceled", "PaymentCreated", "PaymentCompleted", "PaymentFailed",
            "RefundInitiated", "RefundCompleted",
        ]
        #expect(known.subtracting(Self.names).isEmpty)
    }

    @Test func noTwoEventsShareAName() {
        #expect(Set(Self.names).count == Self.names.count)
    }

    @Test func everyAggregateHasItsOwnCategory() {
        let categories = [
            Product.category, CategoryTree.category, Review.category, Order.category, Payment.category,
        ]
        #expect(categories == ["product", "category", "review", "order", "payment"])
    }
}
