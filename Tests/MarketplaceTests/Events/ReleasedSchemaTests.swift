import Marketplace
import Testing

/// What was released can still be read, and what is written today can be read by who knows the release.
///
/// `MARKETPLACE_UPDATE_GOLDEN=1 swift test --filter ReleasedSchemaTests` writes what is new: a kind of event, another
/// version of one, an optional field. What would break somebody is never written over: of a kind that nobody has read yet,
/// delete the file first.
@Suite struct ReleasedSchemaTests {
    private static func today() throws -> [EventSchema] { try PublishedEvent.all.map { try $0.schema } }

    @Test func noChangeBreaksAReaderOfTheReleasedEvents() throws {
        let (today, released) = (try Self.today(), try ReleasedSchemas.read())
        let breaks = ReleasedSchemas.breaks(of: today, since: released)
        #expect(breaks == [], "a break takes a new schema version and a reader for the old one")
        guard ReleasedSchemas.isUpdating, breaks.isEmpty else { return }
        let new = today.filter { !released.contains($0) }
        for schema in new { try ReleasedSchemas.write(schema) }
        if !new.isEmpty { Issue.record("\(new.count) schemas were written anew; run the tests again") }
    }

    @Test(.disabled(if: ReleasedSchemas.isUpdating))
    func everySchemaOfTodayIsReleased() throws {
        let released = try ReleasedSchemas.read()
        let missing = try Self.today().filter { !released.contains($0) }.map(\.name)
        #expect(missing == [], "MARKETPLACE_UPDATE_GOLDEN=1 writes them")
    }

    @Test func aFieldThatGoesOrIsWantedAndAKindThatDisappearsAreReported() throws {
        let today = try Self.today()
        let order = try #require(today.first { $0.name == "OrderCanceled" })
        func changed(_ fields: [RecordSchema.Field]) -> [EventSchema] {
            let record = RecordSchema(order.record.name, fields)
            return [EventSchema(name: order.name, version: order.version, record: record)]
        }
        let wanted = RecordSchema.Field("mood", .text(.any))
        let offered = RecordSchema.Field("mood", .text(.any), isOptional: true)
        let fields = order.record.fields
        #expect(ReleasedSchemas.breaks(of: changed(fields), since: [order]) == [])
        #expect(ReleasedSchemas.breaks(of: changed(fields + [offered]), since: [order]) == [])
        #expect(
            ReleasedSchemas.breaks(of: changed(fields + [wanted]), since: [order])
                == ["OrderCanceled.mood was added and is required"]
        )
        let gone = try #require(fields.first)
        #expect(
            ReleasedSchemas.breaks(of: changed(Array(fields.dropFirst())), since: [order])
                == ["OrderCanceled.\(gone.name) was removed"]
        )
        #expect(ReleasedSchemas.breaks(of: [], since: [order]) == ["OrderCanceled is no longer an event"])
    }
}
