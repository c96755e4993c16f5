#if LibPQ
/// The rows that a unit of work writes, with their widths, as variables of the scripts of pgbench.
///
/// How many rows of what kind there are is said in the scripts; their widths are those of what the library has written.
struct RawPostgresShape: Sendable {
    private(set) var variables: [String: Int64] = [:]
    /// How many counters the units share.
    let sharedCounters: Int64
    /// How many of the streams of the units are there before the library's first.
    let sharedStreams: Int64

    init(
        of work: DurableWork,
        _ link: PostgresLink,
        before: RawPostgresTotals,
        written: RawPostgresTotals,
        units: Int
    ) throws {
        sharedStreams = work == .reservation ? 1 : 0
        switch work {
        case .sale: sharedCounters = Int64(DurableWork.saleCounters)
        case .reservation: sharedCounters = 2
        case .append, .saga: sharedCounters = 0
        }
        let streams = written.rows(of: "stream") > 0 ? written : before
        variables = [
            "namespace": try link.numbers("select id from marketplace_namespace").first ?? 1,
            "events": written.rows(of: "event") / Int64(units),
            "stream_category": streams.width("category", of: "stream"),
            "stream_key": streams.width("key", of: "stream"),
            "event_name": written.width("name", of: "event"),
            "event_command": written.width("command", of: "event"),
            "event_headers": written.width("headers", of: "event"),
            "event_payload": written.width("payload", of: "event"),
            "document_collection": written.width("collection", of: "document"),
            "document_id": written.width("id", of: "document"),
            "document_body": written.width("body", of: "document"),
            "document_entries": written.width("entries", of: "document"),
            "entries": written.rows(of: "entry") / max(1, written.rows(of: "document")),
            "entry_value": written.width("value", of: "entry"),
            "own_counter_key": written.width("key", of: "counter"),
            "shared_counter_key": before.width("key", of: "counter"),
            "shared_counters": sharedCounters,
            "streams": Int64(DurableWork.appendStreams),
            "receipt": written.width("receipt", of: "receipt"),
        ]
        guard work == .saga else { return }
        for version in 1...4 {
            let width = "select coalesce(avg(octet_length(payload)), 0)::bigint from marketplace_event where version = "
            variables["event_payload_\(version)"] = try link.numbers("\(width) \(version)").first ?? 0
        }
    }
}
#endif
