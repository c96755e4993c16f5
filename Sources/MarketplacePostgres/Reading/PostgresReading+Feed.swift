import MarketplaceCore
import MarketplaceStorage

extension PostgresReading {
    /// Below which turn everything has been committed or never will be: what is beyond it may not be shown yet, for a
    /// transaction with a lower turn may still commit.
    static let bound =
        "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + turn_offset from marketplace_feed where is_only"

    /// Whether every turn below the bound is for ever one of the past: whoever has such a turn has said in the log how it
    /// ended, and all of the log is on the disk, but for the head of a page that nothing was written to yet.
    ///
    /// A server that has crashed gives numbers again of which its log on the disk knows nothing.
    private static let isDurable = """
        case when pg_is_in_recovery() then false else pg_wal_lsn_diff(pg_current_wal_insert_lsn(), \
        pg_current_wal_flush_lsn()) <= \(pageHeadBytes) end
        """
    /// The bytes of the head of a page of the log; no record that ends a transaction has as few.
    private static let pageHeadBytes = 24

    /// The bound, whether something lies beyond it, and the last turn that a position may name.
    ///
    /// That is the one before the bound, or the last of an event where the one before the bound might come again. For the
    /// rest of the transaction the tables are entered by their indexes, see ``PostgresLocking/settings``.
    ///
    /// Whether something lies beyond is told by the last row. Asked for any row beyond, the server believes that a third
    /// of all are, and reads the whole table to find that there is none.
    ///
    /// - Parameter rows: A table with a condition, whose rows have turns.
    /// - Returns: The statement, whose only value is the name of the namespace.
    static func boundAndHeld(of rows: String) -> String {
        """
        select b.bound, coalesce(b.top >= b.bound, false), case when \(isDurable) then b.bound - 1 else least(b.bound - 1, \
        coalesce(b.top, 0)) end, \(PostgresLocking.settings) from (select (\(bound)) as bound, (select turn from \(rows) \
        and namespace = \(own) order by turn desc limit 1) as top offset 0) as b
        """
    }

    /// The most events one read looks at for each that it may return; a filter that passes fewer is read on.
    private static let scanFactor = 10
    /// As many events one read may always look at.
    private static let leastScan = 1_000

    /// How many events a read looks at.
    private static func scan(for filter: EventFilter, limit: Int) -> Int {
        guard filter.categories != nil || filter.names != nil else { return limit + 1 }
        return min(max(limit * scanFactor, leastScan), scanLimit)
    }

    /// One page of the feed, in one snapshot: the bound, the events that pass, and where the look ended.
    func feed(after position: FeedPosition, matching filter: EventFilter, limit: Int) -> [PostgresStatement] {
        let journals = Self.journals(of: filter)
        let start: [PostgresValue] = [
            .text(namespace.text), .bigint(Int64(clamping: position.major)),
            .bigint(Int64(clamping: position.minor)),
        ]
        let page = """
            select \(Self.eventColumns) from (\(Self.window(journals, columns: "*"))) e join marketplace_stream s on \
            s.id = e.stream where ($5::text[] is null or s.category = any($5::text[])) and ($6::text[] is null or \
            e.name = any($6::text[])) order by e.turn, e.number limit $7
            """
        let end = "\(Self.window(journals, columns: "turn, number")) offset $5"
        let count = Self.scan(for: filter, limit: limit)
        let scan = PostgresValue.bigint(Int64(count))
        let passing: [PostgresValue] = [
            filter.categories.map { .texts($0.map(\.text)) } ?? PostgresValue(type: .textArray, bytes: nil),
            // No event has a name with a NUL, which the server would not even read.
            filter.names.map { .texts($0.filter { !$0.utf8.contains(0) }) }
                ?? PostgresValue(type: .textArray, bytes: nil),
        ]
        return [
            Self.beginReading,
            PostgresStatement(
                Self.boundAndHeld(of: "marketplace_event where is_journal = false"),
                name: "marketplace_bound",
                values: [.text(namespace.text)]
            ),
            PostgresStatement(
                page,
                name: "marketplace_feed_\(journals.rawValue)",
                values: start + [scan] + passing + [.bigint(Int64(limit) + 1)]
            ),
            PostgresStatement(
                end,
                name: "marketplace_feed_end_\(journals.rawValue)",
                values: start + [scan, .bigint(Int64(count) - 1)]
            ),
            PostgresWriter.commit,
        ]
    }

    /// What the statements of a page say.
    func feed(
        _ rows: [PostgresRows],
        after position: FeedPosition,
        limit: Int
    ) throws(PostgresFailure) -> FeedSlice {
        guard rows.count == 5 else { throw PostgresFailure(.unreadable, "no answer to a statement") }
        var events = try events(in: rows[2])
        if events.count > limit {
            events.removeLast(events.count - limit)
            return FeedSlice(events: events, position: events.last?.position ?? position, isCaughtUp: false)
        }
        if rows[3].count > 0 {
            let end = FeedPosition(
                major: UInt64(clamping: try rows[3].integer(0, of: 0)),
                minor: UInt64(clamping: try rows[3].integer(1, of: 0))
            )
            return FeedSlice(events: events, position: end, isCaughtUp: false)
        }
        // Whoever comes later has a higher turn.
        let last = try rows[1].integer(2, of: 0)
        let head = FeedPosition(major: UInt64(clamping: last), minor: UInt64(Int64.max))
        return FeedSlice(
            events: events,
            position: max(head, events.last?.position ?? position, position),
            isCaughtUp: true
        )
    }

    /// Whether events are committed that the page could not show yet, and where it had to end.
    func isHeld(_ rows: [PostgresRows]) throws(PostgresFailure) -> (isHeld: Bool, bound: Int64) {
        guard rows.count == 5 else { throw PostgresFailure(.unreadable, "no answer to a statement") }
        return (try rows[1].flag(1, of: 0), try rows[1].integer(0, of: 0))
    }

    /// Whether there is something behind a position: of both kinds, to be read at once or held back; and the bound.
    func news(after position: FeedPosition) -> PostgresStatement {
        PostgresStatement(
            """
            select count(*) filter (where turn < (\(Self.bound))), count(*), (\(Self.bound)) from \
            (\(Self.part(false)) union all \(Self.part(true))) e
            """,
            name: "marketplace_news",
            values: [
                .text(namespace.text), .bigint(Int64(clamping: position.major)),
                .bigint(Int64(clamping: position.minor)),
            ]
        )
    }

    private static func part(_ isJournal: Bool) -> String {
        """
        (select turn from marketplace_event where namespace = \(own) and is_journal = \(isJournal) and (turn, number) > \
        ($2, $3) order by turn, number limit 1)
        """
    }

    static let beginReading = PostgresStatement(
        "begin isolation level repeatable read read only",
        name: "marketplace_begin_reading"
    )

    /// Which of the two parts of the feed have to be looked at.
    enum Journals: Int {
        case without
        case only
        case both
    }

    private static func journals(of filter: EventFilter) -> Journals {
        guard let categories = filter.categories, categories.contains(where: \.isJournal) else { return .without }
        return categories.contains { !$0.isJournal } ? .both : .only
    }

    /// The events that are looked at, in order: at most so many, and none that may still be overtaken.
    private static func window(_ journals: Journals, columns: String) -> String {
        switch journals {
        case .without: return window(isJournal: false, columns)
        case .only: return window(isJournal: true, columns)
        case .both:
            let parts = "(\(window(isJournal: false, columns))) union all (\(window(isJournal: true, columns)))"
            return "select \(columns) from (\(parts)) both_parts order by turn, number limit $4"
        }
    }

    private static func window(isJournal: Bool, _ columns: String) -> String {
        """
        select \(columns) from marketplace_event where namespace = \(own) and is_journal = \(isJournal) and (turn, \
        number) > ($2, $3) and turn < (\(bound)) order by turn, number limit $4
        """
    }
}
