import Marketplace
import MarketplaceCore
import MarketplaceJSON
import Testing

struct PublishedEventTests {
    @Test func everyKindHasANameOfItsOwnAndASchema() throws {
        let names = PublishedEvent.all.map(\.name)
        #expect(Set(names).count == names.count)
        for event in PublishedEvent.all {
            let schema = try event.schema
            #expect(schema.name == event.name && schema.version == event.version)
            #expect(!schema.record.fields.isEmpty)
        }
    }

    @Test func everyFieldOfAnEventIsReadBackFromItsJSONSchema() throws {
        for event in PublishedEvent.all {
            let schema = try event.schema
            #expect(try EventSchema(jsonSchema: Array(schema.jsonSchema.utf8)) == schema)
        }
    }
}
