import MarketplaceCore
import MarketplaceJSON
import Testing

struct EventSchemaFileTests {
    private static let schema = EventSchema(
        name: "OrderCreated",
        version: 2,
        record: RecordSchema(
            "OrderCreated",
            [
                .init("orderID", .text(.uuid)),
                .init("lines", .list(.record(RecordSchema("OrderLine", [.init("sku", .text(.key)), money])))),
                money,
                .init("color", .choice(ChoiceSchema("Paint.Color", ["red", "green"]))),
                .init("kind", .choice(ChoiceSchema("Kind", ["first come", "last"]))),
                .init("tags", .map(.integer(bits: 32)), isOptional: true),
                .init("rate", .text(.percentage), isOptional: true),
                .init("isNew", .boolean),
                .init("at", .timestamp),
            ]
        )
    )

    private static let money = RecordSchema.Field(
        "price",
        .record(
            RecordSchema("Money", [.init("minorUnits", .integer(bits: 64)), .init("currency", .text(.currency))])
        )
    )

    @Test func aJSONSchemaIsReadBackAsItWas() throws {
        #expect(try EventSchema(jsonSchema: Array(Self.schema.jsonSchema.utf8)) == Self.schema)
    }

    @Test func whatIsNoSchemaOfAnEventIsRefused() {
        for text in ["", "{}", "[]", #"{"$schema": "http://json-schema.org/draft-07/schema#", "type": "object"}"#] {
            #expect(throws: EventSchemaFileError.self) { try EventSchema(jsonSchema: Array(text.utf8)) }
        }
        let odd = Self.schema.jsonSchema.replacing("\"boolean\"", with: "\"number\"")
        #expect(throws: EventSchemaFileError.self) { try EventSchema(jsonSchema: Array(odd.utf8)) }
    }

    @Test func avroDefinesEachTypeOnceAndMarksWhatMayBeMissing() throws {
        let text = Self.schema.avroSchema
        #expect(text.split(separator: "\"name\" : \"Money\"").count == 2)
        #expect(text.contains("\"type\" : \"Money\""))
        #expect(text.contains("\"name\" : \"Paint_Color\""))
        #expect(text.contains("\"logicalType\" : \"timestamp-micros\""))
        #expect(text.contains("\"default\" : null"))
        #expect(text.contains("\"namespace\" : \"marketplace\""))
        // A text with a space is no symbol.
        #expect(!text.contains("first come"))
    }
}
