/// The tables, and how a database of an earlier release gets them.
///
/// A step is never changed once it was released. Within one generation a step only adds what older releases can
/// ignore, so that releases N and N+1 share a database; what they could not ignore begins a new generation.
enum PostgresSchema {
    /// The generation whose databases this release reads and writes.
    static let generation: Int64 = 1
    /// How many steps a generation may have.
    static let stepsPerGeneration: Int64 = 1_000

    /// The steps in order, the first of which meets a database without our tables.
    static let migrations = [
        step(0, "tables", tables), step(1, "stock", stockTables), step(2, "leases", leaseTable),
        step(3, "views", views), step(4, "search", searchTables),
    ]

    /// A step at its place within the generation.
    private static func step(_ place: Int64, _ name: String, _ statements: [String]) -> PostgresMigration {
        PostgresMigration(version: generation * stepsPerGeneration + place, name: name, statements: statements)
    }

    /// What this release makes of a database.
    static var version: Int64 { migrations.map(\.version).max() ?? 0 }

    /// The generation of a version.
    static func generation(of version: Int64) -> Int64 { version / stepsPerGeneration }

    /// Lets one at a time take steps, until the end of its transaction.
    static let lock = "select pg_advisory_xact_lock(\(PostgresSlots.slotClass), -1)"

    /// Where it is written which steps were taken; made before the first of them.
    static let record = """
        create table if not exists marketplace_migration (version bigint primary key, name text not null, \
        applied_at timestamptz not null default now())
        """

    /// Texts compare as bytes of UTF-8 (the collation "C" in a database of UTF-8).
    ///
    /// A *turn* is the number of the transaction that wrote an event, plus what `marketplace_feed` says: see
    /// ``PostgresOpening``. Tables whose rows are written again and again leave room on their pages, so that no index
    /// has to follow.
    private static let tables = [
        """
        create table marketplace_feed (is_only boolean primary key default true check (is_only), turn_offset bigint \
        not null, cluster text)
        """,
        "insert into marketplace_feed (turn_offset) values (0)",
        """
        create table marketplace_namespace (id bigint generated always as identity primary key, name text collate "C" \
        not null unique)
        """,
        """
        create table marketplace_stream (id bigint primary key, namespace bigint not null, category text collate "C" \
        not null, key text collate "C" not null, version bigint not null, unique (namespace, category, key)) with \
        (fillfactor = 80)
        """,
        """
        create table marketplace_event (namespace bigint not null, is_journal boolean not null, turn bigint not null, \
        number bigint not null, stream bigint not null, version bigint not null, id uuid not null, transaction_id \
        uuid not null, time bigint not null, name text collate "C" not null, schema_version bigint not null, command \
        text collate "C", headers bytea not null, payload bytea not null, primary key (namespace, is_journal, turn, \
        number), unique (stream, version))
        """,
        """
        create table marketplace_document (number bigint primary key, namespace bigint not null, collection text \
        collate "C" not null, id text collate "C" not null, revision bigint not null, body bytea not null, entries \
        bytea not null, unique_keys bytea not null, unique (namespace, collection, id)) with (fillfactor = 80)
        """,
        """
        create table marketplace_index (id bigint generated always as identity primary key, namespace bigint not \
        null, collection text collate "C" not null, name text collate "C" not null, unique (namespace, collection, name))
        """,
        """
        create table marketplace_entry (index bigint not null, value bytea not null, id text collate "C" not null, \
        document bigint not null, primary key (index, value, id))
        """,
        """
        create table marketplace_long_entry (index bigint not null, head bytea not null, value bytea not null, id text \
        collate "C" not null, document bigint not null)
        """,
        "create index marketplace_long_entry_head on marketplace_long_entry (index, head)",
        "create index marketplace_long_entry_document on marketplace_long_entry (document)",
        """
        create table marketplace_unique (namespace bigint not null, key text collate "C" not null, document bigint not \
        null, primary key (namespace, key))
        """,
        """
        create table marketplace_counter (namespace bigint not null, key text collate "C" not null, value bigint not \
        null, primary key (namespace, key)) with (fillfactor = 50)
        """,
        """
        create table marketplace_fence (namespace bigint not null, key text collate "C" not null, token bigint not \
        null, primary key (namespace, key)) with (fillfactor = 50)
        """,
        """
        create table marketplace_receipt (namespace bigint not null, id uuid not null, digest uuid not null, receipt \
        bytea not null, due bigint not null, primary key (namespace, id))
        """,
        "create index marketplace_receipt_due on marketplace_receipt (due)",
    ]
}
