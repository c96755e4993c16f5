import MarketplaceCore
import Testing

struct EventSchemaTests {
    private enum Color: String, Codable, CaseIterable, Hashable { case red, green }

    private struct Part: Codable, Hashable {
        let sku: SKU
        let price: Money
        let note: String?
    }

    private struct Assembled: EventPayload {
        static var eventName: String { "Assembled" }
        static var schemaVersion: Int { 3 }
        let id: Identifier<Int>
        let parts: [Part]
        let color: Color
        let counts: [String: Int32]
        let shares: FrozenShares?
        let isNew: Bool
        let rate: Percentage
        let at: Timestamp
    }

    @Test func aSchemaIsWhatThePayloadDecodes() throws {
        let schema = try EventSchema(of: Assembled.self)
        #expect(schema.name == "Assembled" && schema.version == 3)
        #expect(
            schema.record.fields.map(\.name) == ["id", "parts", "color", "counts", "shares", "isNew", "rate", "at"]
        )
        #expect(schema.record.field("id")?.value == .text(.uuid))
        #expect(schema.record.field("counts")?.value == .map(.integer(bits: 32)))
        #expect(schema.record.field("isNew")?.value == .boolean)
        #expect(schema.record.field("rate")?.value == .text(.percentage))
        #expect(schema.record.field("at")?.value == .timestamp)
        guard case .choice(let color)? = schema.record.field("color")?.value,
            case .list(.record(let part))? = schema.record.field("parts")?.value,
            case .record(let shares)? = schema.record.field("shares")?.value
        else {
            Issue.record("other shapes: \(schema)")
            return
        }
        #expect(color.values == ["red", "green"])
        #expect(part.name.hasSuffix("Part"))
        #expect(part.fields.map(\.isOptional) == [false, false, true])
        #expect(
            part.field("price")?.value
                == .record(
                    RecordSchema(
                        "Money",
                        [
                            RecordSchema.Field("minorUnits", .integer(bits: 64)),
                            RecordSchema.Field("currency", .text(.currency)),
                        ]
                    )
                )
        )
        #expect(schema.record.field("shares")?.isOptional == true)
        #expect(shares.field("shipping")?.isOptional == true)
    }

    private struct Nested: Codable, Hashable {
        let below: [Nested]
    }

    private struct Endless: EventPayload {
        static var eventName: String { "Endless" }
        let nested: Nested
    }

    @Test func aTypeThatHoldsItselfIsRefused() {
        #expect(throws: SchemaProbeError.self) { try EventSchema(of: Endless.self) }
    }

    private struct Picky: Codable, Hashable {
        let text: String

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            text = try container.decode(String.self)
            guard text == "yes" else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "it says no")
            }
        }
    }

    private struct Asking: EventPayload {
        static var eventName: String { "Asking" }
        let answer: Picky
    }

    @Test func aTypeThatRefusesSamplesIsNamed() {
        #expect {
            try EventSchema(of: Asking.self)
        } throws: { error in
            guard let error = error as? SchemaProbeError else { return false }
            return error.path == ["Asking", "answer"] && error.reason.contains("Picky")
        }
    }
}
