public import MarketplaceCore

/// Committed events wait behind a transaction that began before them and has not ended, anywhere in the cluster.
///
/// Readers see events in the order of the transactions' numbers, so one that writes something and then stays open holds
/// all of them back: an import, a forgotten session, a prepared transaction. End it, and the feed goes on.
public struct PostgresFeedHeld: ObserverEvent, Hashable {
    /// The process of the server that runs the transaction; nil for a prepared one, and for one that has just ended.
    public let backend: Int?
    /// The name of a prepared transaction.
    public let preparedTransaction: String?
    /// The database it runs in, which may be another one than ours.
    public let database: String?
    /// How long it has been open, as far as this role may know.
    public let age: Duration?
    /// How long readers have been waiting.
    public let held: Duration

    /// The stable name of the event.
    public static let name = "postgres.feed.held"

    /// The transaction and the times as fields.
    public var attributes: [ObserverAttribute] {
        var attributes: [ObserverAttribute] = [.field("held", .duration(held))]
        if let backend { attributes.append(.field("backend", .integer(Int64(backend)))) }
        if let preparedTransaction { attributes.append(.field("prepared", .text(preparedTransaction))) }
        if let database { attributes.append(.field("database", .text(database))) }
        if let age { attributes.append(.field("age", .duration(age))) }
        return attributes
    }
}

extension PostgresFeedHeld {
    /// Finds the transaction with the lowest number that has not ended.
    static let statement = PostgresStatement(
        """
        select a.pid::bigint, null::text, a.datname::text, (extract(epoch from clock_timestamp() - a.xact_start) * \
        1000000)::bigint from pg_stat_activity a where a.backend_xid = pg_snapshot_xmin(pg_current_snapshot())::xid \
        union all select null, p.gid, p.database::text, (extract(epoch from clock_timestamp() - p.prepared) * \
        1000000)::bigint from pg_prepared_xacts p where p.transaction = pg_snapshot_xmin(pg_current_snapshot())::xid
        """,
        name: "marketplace_feed_held"
    )

    /// What the rows say; nothing is known of a transaction that has ended meanwhile.
    init(_ rows: PostgresRows, held: Duration) throws(PostgresFailure) {
        self.held = held
        guard rows.count > 0 else {
            (backend, preparedTransaction, database, age) = (nil, nil, nil, nil)
            return
        }
        backend = try rows.integerIfAny(0, of: 0).map { Int(clamping: $0) }
        preparedTransaction = try rows.textIfAny(1, of: 0)
        database = try rows.textIfAny(2, of: 0)
        age = try rows.integerIfAny(3, of: 0).map { .microseconds($0) }
    }
}
