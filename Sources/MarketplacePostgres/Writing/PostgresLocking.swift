/// The statement that takes the locks of a batch, and then gives its transaction a number.
///
/// All in one, in an order that the server cannot choose: settings come before locks because the locks ask for their
/// result, locks are taken one after the other as they come because a scan of a function's rows has no other order, and
/// the number is asked for in a row that there is only when all locks were counted.
enum PostgresLocking {
    /// What is locked, and how.
    enum Kind: Int64 {
        case slot = 0
        case sharedSlot = 1
        case key = 2
    }

    /// Within a transaction of our own: how long it waits for locks, and how its statements are planned.
    ///
    /// Plans are general ones, made once for a connection rather than once for each batch, and enter tables by their
    /// indexes: one made while a table was small would read all of it when it is large. Nothing runs for long enough to
    /// be worth compiling.
    static func statement(_ slots: PostgresSlots, lockTimeout: Duration) -> PostgresStatement {
        PostgresStatement(ownText, name: "marketplace_lock", values: slots.locks + [text(of: lockTimeout)])
    }

    /// The same settings for a transaction that locks in its own way.
    static func settings(lockTimeout: Duration) -> PostgresStatement {
        PostgresStatement(
            "select set_config('lock_timeout', $1, true), \(settings)",
            name: "marketplace_settings",
            values: [text(of: lockTimeout)]
        )
    }

    /// The settings of a transaction that only reads.
    static let readSettings = PostgresStatement("select \(settings)", name: "marketplace_read_settings")

    private static func text(of lockTimeout: Duration) -> PostgresValue {
        let components = lockTimeout.components
        let seconds = min(max(components.seconds, 0), longestLockSeconds)
        let milliseconds = max(seconds * 1_000 + max(components.attoseconds, 0) / 1_000_000_000_000_000, 1)
        return .text("\(milliseconds)ms")
    }

    /// The same for a transaction that gets its number from the statement behind, see ``PostgresBatch/statements(of:if:)``;
    /// its first column tells whether the transaction is one for that.
    static func lone(_ slots: PostgresSlots, lockTimeout: Duration) -> PostgresStatement {
        PostgresStatement(loneText, name: "marketplace_lone_lock", values: slots.locks + [text(of: lockTimeout)])
    }

    /// Within a transaction of somebody else, whose settings are left alone.
    static func statement(_ slots: PostgresSlots) -> PostgresStatement {
        PostgresStatement(joinedText, name: "marketplace_join_lock", values: slots.locks)
    }

    /// The settings of a transaction, besides that of its locks, as columns.
    static let settings = """
        set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), \
        set_config('enable_mergejoin', 'off', true), set_config('jit', 'off', true), set_config('plan_cache_mode', \
        'force_generic_plan', true)
        """

    private static let loneText = """
        select \(PostgresUnbegunTransactions.isAsNeeded), \(locks(ownSettings, condition: ownCondition))
        """
    private static let ownText = text(locks(ownSettings, condition: ownCondition), isOurs: PostgresLoad.isOurCluster)
    private static let joinedText = text(
        locks("", condition: ""),
        isOurs: "f.cluster = (select system_identifier::text from pg_control_system())"
    )

    private static let ownSettings = """
        (select set_config('lock_timeout', $3, true), \(settings) offset 0) as s(timeout, a, b, c, d, e) cross join
        """
    private static let ownCondition = "where concat(s.timeout, s.a, s.b, s.c, s.d, s.e) <> ''"

    /// Takes locks and counts them.
    private static func locks(_ settings: String, condition: String) -> String {
        """
        count(case k.kind when \(Kind.sharedSlot.rawValue) then pg_advisory_xact_lock_shared(\(PostgresSlots.slotClass), \
        k.number::int) is not null when \(Kind.slot.rawValue) then pg_advisory_xact_lock(\(PostgresSlots.slotClass), \
        k.number::int) is not null else pg_advisory_xact_lock(\(PostgresSlots.keyClass), k.number::int) is not null end) \
        from \(settings) unnest($1::bigint[], $2::bigint[]) as k(kind, number) \(condition)
        """
    }

    private static func text(_ locks: String, isOurs: String) -> String {
        """
        select case when l.count >= 0 then pg_current_xact_id()::text::bigint + f.turn_offset end, \(isOurs) from \
        (select \(locks)) l cross join marketplace_feed f where f.is_only
        """
    }

    /// The longest time-out, eleven days: more milliseconds would not fit the server's type.
    private static let longestLockSeconds: Int64 = 1_000_000
}
