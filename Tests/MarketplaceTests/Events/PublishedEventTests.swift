import Marketplace
import MarketplaceCore
import MarketplaceJSON
import Testing

struct PublishedEventTests {
    @Test func theNamesThatSubscribersKnowAreThere() {
        let known = [
            "MemberCreated", "MemberUpdated", "MemberDisabled", "EnterpriseCreated", "EnterpriseVerified",
            "SellerAccountCreated", "ProductCreated", "ProductUpdated", "ProductStatusChanged", "ProductPriceChanged",
            "ProductStockChanged", "CategoryCreated", "OrderCreated", "OrderStatusChanged", "OrderCanceled",
            "OrderCancellationRequested", "PaymentCreated", "PaymentCompleted", "PaymentFailed", "RefundInitiated",
            "RefundCompleted",
        ]
        for name in known { #expect(PublishedEvent.named(name)?.name == name) }
    }

    @Test func aCategoryHoldsTheEventsOfOneKindOfThing() {
        let order = PublishedEvent.all.map(\.category)
        let changes = zip(order, order.dropFirst()).count { $0 != $1 } + 1
        #expect(Set(order).count == changes)
    }

    @Test func everyKindHasANameOfItsOwnAndASchema() throws {
        let names = PublishedEvent.all.map(\.name)
        #expect(Set(names).count == names.count)
        for event in PublishedEvent.all {
            let schema = try event.schema
            #expect(schema.name == event.name && schema.version == event.version)
            #expect(!schema.record.fields.isEmpty)
        }
    }

    @Test func theNamesInASchemaAreTheSameInEveryBuild() throws {
        for event in PublishedEvent.all {
            // The compiler's name of a private type holds an address.
            #expect(try !event.schema.jsonSchema.contains("unknown context"), "\(event.name)")
        }
    }

    @Test func everyFieldOfAnEventIsReadBackFromItsJSONSchema() throws {
        for event in PublishedEvent.all {
            let schema = try event.schema
            #expect(try EventSchema(jsonSchema: Array(schema.jsonSchema.utf8)) == schema)
        }
    }
}
