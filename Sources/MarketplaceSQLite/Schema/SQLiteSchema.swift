#if SQLite
/// The tables, and how a file of an earlier release gets them.
///
/// A step is never changed once it was released. Within one generation a step only adds what older releases can
/// ignore, so that releases N and N+1 share a file; what they could not ignore begins a new generation.
enum SQLiteSchema {
    /// The mark of our files in their header: "MkPl".
    static let applicationID: Int64 = 0x4D6B_506C
    /// The generation whose files this release reads and writes.
    static let generation: Int64 = 1
    /// How many steps a generation may have.
    static let stepsPerGeneration: Int64 = 1_000

    /// What this release makes of a file.
    static var version: Int64 { steps.last?.version ?? 0 }

    /// The generation of a file.
    static func generation(of version: Int64) -> Int64 { version / stepsPerGeneration }

    /// The steps, the first of which meets an empty file.
    static let steps = [
        step(0, "tables", tables + "\n" + stockTables), step(1, "views", views.joined(separator: "\n")),
    ]

    /// A step at its place within the generation.
    private static func step(_ place: Int64, _ name: String, _ sql: String) -> SQLiteMigration {
        SQLiteMigration(version: generation * stepsPerGeneration + place, name: name, sql: sql)
    }

    /// Texts compare as bytes of UTF-8 (the collation BINARY, SQLite's default, in a database of UTF-8).
    ///
    /// An event has the category of its stream, so that a feed of few categories does not look at the others.
    private static let tables = """
        create table marketplace_namespace (
            id integer primary key, name text not null unique, position integer not null, revision integer not null
        ) strict;
        create table marketplace_stream (
            id integer primary key, namespace integer not null, category text not null, key text not null,
            version integer not null, unique (namespace, category, key)
        ) strict;
        create table marketplace_event (
            number integer primary key, namespace integer not null, is_journal integer not null,
            category text not null, position integer not null, stream integer not null, version integer not null,
            id blob not null, transaction_id blob not null, time integer not null, name text not null,
            schema_version integer not null, command text, headers blob not null, payload blob not null,
            unique (namespace, is_journal, position), unique (stream, version)
        ) strict;
        create index marketplace_event_category on marketplace_event (namespace, category, position);
        create table marketplace_document (
            number integer primary key, namespace integer not null, collection text not null, id text not null,
            revision integer not null, body blob not null, entries blob not null, unique_keys blob not null,
            unique (namespace, collection, id)
        ) strict;
        create table marketplace_entry (
            namespace integer not null, collection text not null, name text not null, value blob not null,
            id text not null, document integer not null, primary key (namespace, collection, name, value, id)
        ) strict, without rowid;
        create table marketplace_unique (
            namespace integer not null, key text not null, document integer not null, primary key (namespace, key)
        ) strict, without rowid;
        create table marketplace_counter (
            namespace integer not null, key text not null, value integer not null, primary key (namespace, key)
        ) strict, without rowid;
        create table marketplace_fence (
            namespace integer not null, key text not null, token integer not null, primary key (namespace, key)
        ) strict, without rowid;
        create table marketplace_receipt (
            number integer primary key, namespace integer not null, id blob not null, digest blob not null,
            receipt blob not null, due integer not null, unique (namespace, id)
        ) strict;
        """

    /// What ``SQLiteStockTable`` keeps; a column named like a codec's value holds what the codec wrote.
    private static let stockTables = """
        create table marketplace_stock_fence (
            namespace integer not null, key text not null, token integer not null, primary key (namespace, key)
        ) strict, without rowid;
        create table marketplace_stock_item (
            namespace integer not null, sku text not null, terms blob not null, limit_generation integer not null,
            last_limit_generation integer not null, locations blob not null, primary key (namespace, sku)
        ) strict, without rowid;
        create table marketplace_stock_level (
            namespace integer not null, sku text not null, location text not null, on_hand integer not null,
            held integer not null, allocated integer not null, backordered integer not null,
            incoming integer not null, damaged integer not null, primary key (namespace, sku, location)
        ) strict, without rowid;
        create table marketplace_stock_count (
            namespace integer not null, sku text not null, member text not null, limit_generation integer not null,
            units integer not null, primary key (namespace, sku, member)
        ) strict, without rowid;
        create table marketplace_stock_reservation (
            number integer primary key, namespace integer not null, id blob not null, member text, reference text,
            state text not null, reserved_at integer not null, deadline integer, due_at integer, ended_at integer,
            book blob not null, unique (namespace, id)
        ) strict;
        create index marketplace_stock_reservation_due on marketplace_stock_reservation (namespace, due_at, id)
            where due_at is not null;
        create index marketplace_stock_reservation_open on marketplace_stock_reservation (namespace, id)
            where ended_at is null;
        create index marketplace_stock_reservation_ended on marketplace_stock_reservation (namespace, ended_at)
            where ended_at is not null;
        create table marketplace_stock_line (
            namespace integer not null, reservation blob not null, sku text not null, location text not null,
            held integer not null, allocated integer not null, backordered integer not null, owed integer not null,
            shipped integer not null, released integer not null, expired integer not null, awaited_since integer,
            primary key (namespace, reservation, sku, location)
        ) strict, without rowid;
        create index marketplace_stock_line_awaited
            on marketplace_stock_line (namespace, sku, location, awaited_since, reservation)
            where awaited_since is not null;
        create table marketplace_stock_change (
            number integer primary key, namespace integer not null, id blob not null, sku text not null,
            location text not null, time integer not null, action blob not null, unique (namespace, id)
        ) strict;
        create index marketplace_stock_change_time on marketplace_stock_change (namespace, time);
        create table marketplace_stock_movement (
            number integer primary key, namespace integer not null, id blob not null, sku text not null,
            location text not null, kind text not null, on_hand integer not null, held integer not null,
            allocated integer not null, backordered integer not null, incoming integer not null,
            damaged integer not null, reservation blob, reference text, time integer not null
        ) strict;
        create index marketplace_stock_movement_order on marketplace_stock_movement (namespace, number);
        """
}
#endif
