import MarketplaceCore
import MarketplaceStorage

/// The statements about one lease: of which keys, and whose.
///
/// Rows are locked in ascending order of their keys by everybody, and the time is read once they are locked.
struct PostgresLeaseTable {
    let keys: LockKeys
    /// A number that no two leases share, by which a holder recognises its own.
    let holder: UInt128
    /// The time of tests; nil for the server's own clock.
    let testClock: (any WallClock)?

    /// The values of every statement: namespace, keys, holder, and the time of tests.
    private func values(_ namespace: PostgresValue) -> [PostgresValue] {
        let now = testClock.map { PostgresValue.bigint($0.now.microsecondsSinceEpoch) }
        return [
            namespace, .texts(keys.sorted.map(\.text)), .uuid(holder), now ?? PostgresValue(type: .bigint, bytes: nil),
        ]
    }

    /// The time in microseconds since 1970; not that of the beginning of the transaction, which may have waited.
    private static let now = "coalesce($4::bigint, (extract(epoch from clock_timestamp()) * 1000000)::bigint)"

    // MARK: - Taking

    /// Takes all keys that are free, none if one is seen to be held, and tells how long others hold the rest.
    func taking(for length: Duration, _ namespace: Int64) -> [PostgresStatement] {
        let held = "h.key = any($2::text[]) and h.holder <> $3 and h.expires_at > \(Self.now)"
        return [
            PostgresStatement(
                """
                insert into marketplace_lease as l (namespace, key, token, holder, expires_at) select $1, key, 1, $3, \
                \(Self.now) + $5 from unnest($2::text[]) as k(key) where not exists (select from marketplace_lease h \
                where h.namespace = $1 and \(held)) order by key on conflict (namespace, key) do update set token = \
                l.token + 1, holder = excluded.holder, expires_at = excluded.expires_at where l.holder is null or \
                l.expires_at <= \(Self.now) returning key, token
                """,
                name: "marketplace_take_leases",
                values: values(.bigint(namespace)) + [.bigint(length.wholeMicroseconds)]
            ),
            PostgresStatement(
                """
                select max(h.expires_at) - \(Self.now) from marketplace_lease h where h.namespace = $1 and \(held)
                """,
                name: "marketplace_held_leases",
                values: values(.bigint(namespace))
            ),
        ]
    }

    /// What taking them answered: the tokens when all keys were given, else how long others hold them.
    func taken(_ rows: [PostgresRows]) throws(PostgresFailure) -> Attempt {
        if let tokens = try tokens(in: rows[0]) { return .taken(tokens) }
        return .busy(for: .microseconds(try rows[1].integerIfAny(0, of: 0) ?? 0))
    }

    /// How an attempt ended.
    enum Attempt: Sendable {
        case taken([FenceKey: FencingToken])
        case busy(for: Duration)
    }

    /// Looks which keys are this holder's; it changes nothing.
    func looking(in namespace: StoreNamespace) -> PostgresStatement {
        PostgresStatement(
            """
            select key, token from marketplace_lease where namespace = (select id from marketplace_namespace where name \
            = $1) and key = any($2::text[]) and holder = $3 and expires_at > \(Self.now)
            """,
            name: "marketplace_own_leases",
            values: values(.text(namespace.text))
        )
    }

    /// The tokens of all keys; nil when there are not as many rows.
    func tokens(in rows: PostgresRows) throws(PostgresFailure) -> [FenceKey: FencingToken]? {
        guard rows.count == keys.sorted.count else { return nil }
        var tokens: [FenceKey: FencingToken] = [:]
        for row in 0..<rows.count {
            let token = FencingToken(UInt64(bitPattern: try rows.integer(1, of: row)))
            tokens[TextKey(unchecked: try rows.text(0, of: row))] = token
        }
        return tokens
    }

    // MARK: - Keeping

    /// Locks the keys that are still this holder's, whether or not their time is over; a row for each.
    ///
    /// To lock and to write are two statements: one that joins the rows with those it has locked may be planned as a
    /// comparison of each with each.
    private func locking(_ namespace: Int64) -> PostgresStatement {
        PostgresStatement(
            """
            select expires_at > \(Self.now) from marketplace_lease where namespace = $1 and key = any($2::text[]) and \
            holder = $3 order by key for update
            """,
            name: "marketplace_lock_leases",
            values: values(.bigint(namespace))
        )
    }

    /// How many keys are this holder's, as locking them answered, and how many of those are still held.
    func own(in rows: [PostgresRows]) throws(PostgresFailure) -> (count: Int, heldCount: Int) {
        var heldCount = 0
        for row in 0..<rows[0].count where try rows[0].flag(0, of: row) { heldCount += 1 }
        return (rows[0].count, heldCount)
    }

    /// Makes the keys last from now on.
    func renewing(for length: Duration, _ namespace: Int64) -> [PostgresStatement] {
        [
            locking(namespace),
            PostgresStatement(
                """
                update marketplace_lease set expires_at = \(Self.now) + $5 where namespace = $1 and key = \
                any($2::text[]) and holder = $3
                """,
                name: "marketplace_renew_leases",
                values: values(.bigint(namespace)) + [.bigint(length.wholeMicroseconds)]
            ),
        ]
    }

    /// Frees the keys that nobody else has taken.
    ///
    /// It does not wait for the disk: of a release that a crash of the server undoes, the end of the lease is left.
    func releasing(_ namespace: Int64) -> [PostgresStatement] {
        [
            locking(namespace),
            PostgresStatement(
                """
                update marketplace_lease set holder = null where namespace = $1 and key = any($2::text[]) and holder = $3
                """,
                name: "marketplace_release_leases",
                values: Array(values(.bigint(namespace)).prefix(3))
            ),
            PostgresStatement(
                "select set_config('synchronous_commit', 'off', true)",
                name: "marketplace_without_waiting"
            ),
        ]
    }
}
