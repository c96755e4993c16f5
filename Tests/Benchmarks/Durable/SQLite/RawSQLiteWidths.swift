#if SQLite
import MarketplaceRawSQLite

/// How many bytes the columns have that the library has just written.
struct RawSQLiteWidths {
    private var shape = marketplace_raw_sqlite_commit()
    /// The bytes of a remembered receipt.
    let receipt: Int32

    init(_ number: (String) throws -> Int64, units: Int, before: RawSQLiteTotals) throws {
        func width(_ column: String, _ table: String, _ rest: String = "") throws -> Int32 {
            let mean = "coalesce(avg(length(cast(\(column) as blob))), 0) + 0.5"
            return Int32(try number("select \(mean) from marketplace_\(table) \(rest)"))
        }
        func rest(_ table: String, _ id: String = "number") -> String { "where \(id) > \(before.rows(of: table))" }
        let events = try number("select count(*) from marketplace_event \(rest("event"))")
        shape.events = Int32(events / Int64(units))
        // Streams may be those of before.
        shape.stream_category_bytes = try width(
            "category",
            "stream",
            "where id = (select max(id) from marketplace_stream)"
        )
        shape.stream_key_bytes = try width("key", "stream", "where id = (select max(id) from marketplace_stream)")
        shape.event_name_bytes = try width("name", "event", rest("event"))
        shape.event_command_bytes = try width("coalesce(command, '')", "event", rest("event"))
        shape.event_headers_bytes = try width("headers", "event", rest("event"))
        shape.event_payload_bytes = try width("payload", "event", rest("event"))
        shape.document_collection_bytes = try width("collection", "document", rest("document"))
        shape.document_id_bytes = try width("id", "document", rest("document"))
        shape.document_body_bytes = try width("body", "document", rest("document"))
        shape.document_entries_bytes = try width("entries", "document", rest("document"))
        let documents = try number("select count(*) from marketplace_document \(rest("document"))")
        if documents > 0 {
            let entries = "where document > \(before.rows(of: "document"))"
            shape.index_entries = Int32(try number("select count(*) from marketplace_entry \(entries)") / documents)
            shape.index_name_bytes = try width("name", "entry", entries)
            shape.index_value_bytes = try width("value", "entry", entries)
        }
        let counters = (rows: before.rows(of: "counter"), bytes: before.bytes(of: "counter"))
        let added = try number("select count(*) from marketplace_counter") - counters.rows
        if added > 0 {
            let bytes = try number("select sum(length(cast(key as blob))) from marketplace_counter") - counters.bytes
            shape.own_counter_key_bytes = Int32(bytes / added)
        }
        shape.shared_counter_key_bytes = counters.rows > 0 ? Int32(counters.bytes / counters.rows) : 0
        receipt = try width("receipt", "receipt", rest("receipt"))
    }

    /// A commit of rows of these widths.
    func commit(documents: Int32, streams: Int32) -> marketplace_raw_sqlite_commit {
        var commit = shape
        commit.document = documents
        commit.begins_stream = streams
        return commit
    }
}
#endif
