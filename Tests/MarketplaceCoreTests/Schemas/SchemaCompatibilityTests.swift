import MarketplaceCore
import Testing

struct SchemaCompatibilityTests {
    private static func schema(_ fields: RecordSchema.Field...) -> EventSchema {
        EventSchema(name: "E", version: 1, record: RecordSchema("E", fields))
    }

    private static let before = schema(
        RecordSchema.Field("id", .text(.uuid)),
        RecordSchema.Field("note", .text(.any), isOptional: true),
        RecordSchema.Field("color", .choice(ChoiceSchema("Color", ["red", "green"])))
    )

    private static func changes(_ fields: RecordSchema.Field...) -> [SchemaChange.Kind] {
        EventSchema(name: "E", version: 1, record: RecordSchema("E", fields)).breakingChanges(since: before).map(\.kind)
    }

    private static let id = RecordSchema.Field("id", .text(.uuid))
    private static let color = RecordSchema.Field("color", .choice(ChoiceSchema("Color", ["red", "green"])))

    @Test func whatIsTheSameBreaksNobody() {
        #expect(Self.before.breakingChanges(since: Self.before).isEmpty)
    }

    @Test func optionalFieldsMayComeAndGo() {
        #expect(Self.changes(Self.id, Self.color).isEmpty)
        #expect(Self.changes(Self.id, Self.color, .init("extra", .boolean, isOptional: true)).isEmpty)
    }

    @Test func everythingElseBreaksSomebody() {
        #expect(Self.changes(Self.color) == [.removed])
        #expect(Self.changes(.init("id", .text(.uuid), isOptional: true), Self.color) == [.becameOptional])
        #expect(Self.changes(Self.id, Self.color, .init("note", .text(.any))) == [.becameRequired])
        #expect(Self.changes(Self.id, Self.color, .init("extra", .boolean)) == [.addedRequired])
        #expect(Self.changes(.init("id", .timestamp), Self.color) == [.changed(from: "uuid", to: "timestamp")])
        let blue = RecordSchema.Field("color", .choice(ChoiceSchema("Color", ["red", "blue"])))
        #expect(Self.changes(Self.id, blue) == [.addedChoice("blue"), .removedChoice("green")])
    }

    @Test func changesInsideOfListsAndMapsAreSeen() {
        func schema(_ field: RecordSchema.Field) -> EventSchema {
            let inner = ValueSchema.record(RecordSchema("Inner", [field]))
            return Self.schema(.init("list", .list(inner)), .init("map", .map(inner)))
        }
        let changes = schema(.init("a", .boolean)).breakingChanges(since: schema(.init("a", .timestamp)))
        #expect(changes.map(\.path) == [["E", "list", "[]", "a"], ["E", "map", "{}", "a"]])
    }
}
