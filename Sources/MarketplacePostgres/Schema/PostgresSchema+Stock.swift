extension PostgresSchema {
    /// What ``PostgresStockTable`` keeps; a column of bytes holds what the codec wrote.
    ///
    /// A *turn* is that of the transaction, as with events: movements are read by it behind the oldest transaction that
    /// is under way.
    static let stockTables = [
        """
        create table marketplace_stock_fence (namespace bigint not null, key text collate "C" not null, token bigint \
        not null, primary key (namespace, key)) with (fillfactor = 50)
        """,
        """
        create table marketplace_stock_item (namespace bigint not null, sku text collate "C" not null, terms bytea not \
        null, limit_generation bigint not null, last_limit_generation bigint not null, locations bytea not null, \
        primary key (namespace, sku)) with (fillfactor = 80)
        """,
        """
        create table marketplace_stock_level (namespace bigint not null, sku text collate "C" not null, location text \
        collate "C" not null, on_hand bigint not null, held bigint not null, allocated bigint not null, backordered \
        bigint not null, incoming bigint not null, damaged bigint not null, primary key (namespace, sku, location)) \
        with (fillfactor = 50)
        """,
        """
        create table marketplace_stock_count (namespace bigint not null, sku text collate "C" not null, member text \
        collate "C" not null, limit_generation bigint not null, units bigint not null, primary key (namespace, sku, \
        member)) with (fillfactor = 80)
        """,
        """
        create table marketplace_stock_reservation (namespace bigint not null, id uuid not null, member text collate \
        "C", reference text collate "C", state text collate "C" not null, reserved_at bigint not null, deadline \
        bigint, due_at bigint, ended_at bigint, book bytea not null, primary key (namespace, id)) with (fillfactor = 80)
        """,
        """
        create index marketplace_stock_reservation_due on marketplace_stock_reservation (namespace, due_at, id) where \
        due_at is not null
        """,
        """
        create index marketplace_stock_reservation_open on marketplace_stock_reservation (namespace, id) where \
        ended_at is null
        """,
        """
        create index marketplace_stock_reservation_ended on marketplace_stock_reservation (namespace, ended_at) where \
        ended_at is not null
        """,
        """
        create table marketplace_stock_line (namespace bigint not null, reservation uuid not null, sku text collate \
        "C" not null, location text collate "C" not null, held bigint not null, allocated bigint not null, backordered \
        bigint not null, owed bigint not null, shipped bigint not null, released bigint not null, expired bigint not \
        null, awaited_since bigint, primary key (namespace, reservation, sku, location))
        """,
        """
        create index marketplace_stock_line_awaited on marketplace_stock_line (namespace, sku, location, \
        awaited_since, reservation) where awaited_since is not null
        """,
        """
        create table marketplace_stock_change (namespace bigint not null, id uuid not null, sku text collate "C" not \
        null, location text collate "C" not null, time bigint not null, action bytea not null, primary key (namespace, id))
        """,
        "create index marketplace_stock_change_time on marketplace_stock_change (namespace, time)",
        """
        create table marketplace_stock_movement (namespace bigint not null, turn bigint not null, number bigint not \
        null, id uuid not null, sku text collate "C" not null, location text collate "C" not null, kind text collate \
        "C" not null, on_hand bigint not null, held bigint not null, allocated bigint not null, backordered bigint not \
        null, incoming bigint not null, damaged bigint not null, reservation uuid, reference text collate "C", time \
        bigint not null, primary key (namespace, turn, number))
        """,
    ]
}
