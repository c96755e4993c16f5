#if SQLite
import MarketplaceRawSQLite

/// The rows that a unit of work writes, with their widths, commit by commit.
///
/// How many rows of what kind there are is said here; their widths are those of what the library has written.
struct RawSQLiteShape: @unchecked Sendable {
    let commits: [marketplace_raw_sqlite_commit]
    /// How many counters the units share.
    let sharedCounters: Int64
    /// How many of the streams of the units are there before the library's first.
    let sharedStreams: Int64

    init(of work: DurableWork, in file: SQLiteFile, before: RawSQLiteTotals, units: Int) throws {
        let widths = try RawSQLite.numbers(of: file) { number in
            try RawSQLiteWidths(number, units: units, before: before)
        }
        switch work {
        case .sale:
            var commit = widths.commit(documents: 1, streams: 1)
            commit.shared_counters = 1
            commit.shared_counter_pool = Int32(DurableWork.saleCounters)
            commit.receipt_bytes = widths.receipt
            commits = [commit]
        case .reservation:
            var commit = widths.commit(documents: 1, streams: 0)
            // What is held, and what is promised to nobody.
            commit.shared_counters = 2
            commit.shared_counter_pool = 2
            commit.own_counters = 1
            commit.stream_pool = 1
            commit.receipt_bytes = widths.receipt
            commit.scatters_receipts = 1
            commits = [commit]
        case .append:
            var commit = widths.commit(documents: 0, streams: 0)
            commit.stream_pool = Int32(DurableWork.appendStreams)
            commit.receipt_bytes = widths.receipt
            commits = [commit]
        case .saga:
            commits = try RawSQLite.numbers(of: file) { number in
                try (1...4).map { version in
                    var commit = widths.commit(
                        documents: version == 1 ? 1 : version == 4 ? 2 : 0,
                        streams: version == 1 ? 1 : 0
                    )
                    let events = "from marketplace_event where version = \(version)"
                    commit.events = 1
                    commit.is_journal = 1
                    commit.event_payload_bytes = Int32(try number("select avg(length(payload)) + 0.5 \(events)"))
                    return commit
                }
            }
        }
        sharedStreams = work == .reservation ? 1 : 0
        sharedCounters = Int64(commits.map(\.shared_counter_pool).max() ?? 0)
    }
}
#endif
