extension PostgresLoad {
    /// Far beyond what a server counts: a million transactions a second for a hundred days.
    static let mostTurn = Int64.max >> PostgresBatch.stampBits - 1

    /// Gives the transaction its number, which must not come before the locks, and tells whether numbers are still those
    /// of the cluster that the offset is for: a pool goes on by itself with a server that a dump was restored into.
    static let turn = PostgresStatement(
        """
        select pg_current_xact_id()::text::bigint + f.turn_offset, f.cluster = s.system_identifier::text from \
        marketplace_feed f cross join pg_control_system() s where f.is_only
        """,
        name: "marketplace_turn"
    )

    /// Whether numbers are those of the cluster that the offset of `marketplace_feed`, named f, is for.
    ///
    /// Which cluster it is costs a look into a file of the server, so that is kept as a setting of its session, which
    /// cannot come to another cluster; somebody who resets all settings makes it look again.
    static let isOurCluster = """
        f.cluster = coalesce(nullif(current_setting('marketplace.cluster', true), ''), set_config(\
        'marketplace.cluster', (select system_identifier::text from pg_control_system()), false))
        """

    /// What that statement says.
    ///
    /// - Throws: ``PostgresFailure/Code/otherCluster`` when the turns must first go on behind what is stored.
    static func turn(in rows: PostgresRows) throws(PostgresFailure) -> Int64 {
        let turn = try rows.integer(0, of: 0)
        guard try rows.flag(1, of: 0) else {
            throw PostgresFailure(.otherCluster, "the database was restored into another cluster")
        }
        guard turn > 0, turn <= mostTurn else {
            throw PostgresFailure(.unreadable, "\(turn) is no number of a transaction")
        }
        return turn
    }
}
