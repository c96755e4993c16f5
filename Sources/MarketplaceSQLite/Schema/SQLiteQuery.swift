#if SQLite
/// Every statement that is prepared: all data comes in as parameters.
enum SQLiteQuery: Int, CaseIterable {
    case beginRead, beginWrite, commit
    case namespace, insertNamespace, updateNamespace
    case receipt, insertReceipt, replaceReceipt, sweepReceipts
    case stream, insertStream, updateStream, deleteStream
    case insertEvent, deleteEventsBefore, deleteEvents
    case documentState, insertDocument, updateDocument, updateDocumentAndKeys, deleteDocument
    case insertEntry, deleteEntry
    case uniqueHolder, insertUnique, deleteUnique
    case counter, upsertCounter, deleteCounter
    case fence, upsertFence
    case readHead, readDocument, readCounter, readStream
    case readFeed, readCategory
    case readByID, readAscending, readDescending
    case stockFence, upsertStockFence, upsertStockItem, upsertStockLevel, upsertStockCount
    case upsertStockReservation, deleteStockLines, insertStockLine, upsertStockChange, insertStockMovement
    case endedStockReservations, deleteStockReservation, forgetStockChanges
    case readStockFence, readStockItem, readStockLevel, readStockCount, readStockReservation, readStockChange
    case readDueStock, readOpenStock, readAwaitingStock, readStockMovements

    /// The text of the statement.
    var sql: String {
        switch self {
        case .beginRead: "begin deferred"
        case .beginWrite: "begin immediate"
        case .commit: "commit"
        case .namespace: "select id, position, revision from marketplace_namespace where name = ?1"
        case .insertNamespace: "insert into marketplace_namespace (name, position, revision) values (?1, 0, 0)"
        case .updateNamespace: "update marketplace_namespace set position = ?2, revision = ?3 where id = ?1"
        case .receipt: "select digest, receipt, due from marketplace_receipt where namespace = ?1 and id = ?2"
        case .insertReceipt: "insert \(Self.receiptRow) on conflict (namespace, id) do nothing"
        case .replaceReceipt: "insert or replace \(Self.receiptRow)"
        case .sweepReceipts:
            """
            delete from marketplace_receipt where number in (select number from (select number, due from \
            marketplace_receipt order by number limit ?2) where due <= ?1)
            """
        case .stream: "select id, version from marketplace_stream where namespace = ?1 and category = ?2 and key = ?3"
        case .insertStream: "insert into marketplace_stream (namespace, category, key, version) values (?1, ?2, ?3, ?4)"
        case .updateStream: "update marketplace_stream set version = ?2 where id = ?1"
        case .deleteStream: "delete from marketplace_stream where id = ?1"
        case .insertEvent:
            """
            insert into marketplace_event (namespace, is_journal, category, position, stream, version, id, \
            transaction_id, time, name, schema_version, command, headers, payload) values (?1, ?2, ?3, ?4, ?5, ?6, \
            ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
            """
        case .deleteEventsBefore: "delete from marketplace_event where stream = ?1 and version < ?2"
        case .deleteEvents: "delete from marketplace_event where stream = ?1"
        default: otherSQL
        }
    }

    private var otherSQL: String {
        switch self {
        case .documentState:
            """
            select number, revision, entries, unique_keys from marketplace_document where namespace = ?1 and \
            collection = ?2 and id = ?3
            """
        case .insertDocument:
            """
            insert into marketplace_document (namespace, collection, id, revision, body, entries, unique_keys) \
            values (?1, ?2, ?3, ?4, ?5, ?6, ?7) on conflict (namespace, collection, id) do nothing
            """
        case .updateDocument: "update marketplace_document set revision = ?2, body = ?3 where number = ?1"
        case .updateDocumentAndKeys:
            "update marketplace_document set revision = ?2, body = ?3, entries = ?4, unique_keys = ?5 where number = ?1"
        case .deleteDocument: "delete from marketplace_document where number = ?1"
        case .insertEntry:
            """
            insert or ignore into marketplace_entry (namespace, collection, name, value, id, document) values (?1, \
            ?2, ?3, ?4, ?5, ?6)
            """
        case .deleteEntry:
            """
            delete from marketplace_entry where namespace = ?1 and collection = ?2 and name = ?3 and value = ?4 \
            and id = ?5
            """
        case .uniqueHolder:
            """
            select d.collection, d.id from marketplace_unique u join marketplace_document d on d.number = \
            u.document where u.namespace = ?1 and u.key = ?2
            """
        case .insertUnique:
            """
            insert into marketplace_unique (namespace, key, document) values (?1, ?2, ?3) on conflict do update \
            set document = excluded.document
            """
        case .deleteUnique: "delete from marketplace_unique where namespace = ?1 and key = ?2 and document = ?3"
        case .counter: "select value from marketplace_counter where namespace = ?1 and key = ?2"
        case .upsertCounter:
            """
            insert into marketplace_counter (namespace, key, value) values (?1, ?2, ?3) on conflict do update set \
            value = excluded.value
            """
        case .deleteCounter: "delete from marketplace_counter where namespace = ?1 and key = ?2"
        case .fence: "select token from marketplace_fence where namespace = ?1 and key = ?2"
        case .upsertFence:
            """
            insert into marketplace_fence (namespace, key, token) values (?1, ?2, ?3) on conflict do update set \
            token = excluded.token
            """
        default: readingSQL
        }
    }

    private var readingSQL: String {
        let own = "(select id from marketplace_namespace where name = ?1)"
        switch self {
        case .readHead: return "select position from marketplace_namespace where name = ?1"
        case .readDocument:
            return
                """
                select revision, body from marketplace_document where namespace = \(own) and collection = ?2 and \
                id = ?3
                """
        case .readCounter: return "select value from marketplace_counter where namespace = \(own) and key = ?2"
        case .readStream:
            return
                """
                select \(Self.eventColumns) from marketplace_stream s cross join marketplace_event e on e.stream = \
                s.id where s.namespace = \(own) and s.category = ?2 and s.key = ?3 and e.version >= ?4 order by \
                e.version limit ?5
                """
        case .readFeed: return "\(Self.feed) and e.is_journal = ?3 order by e.position"
        case .readCategory: return "\(Self.feed) and e.category = ?3 order by e.position"
        case .readByID:
            return
                """
                select id, revision, body, x'' from marketplace_document where namespace = \(own) and collection = \
                ?2 and id > ?3 order by id limit ?4
                """
        case .readAscending: return "\(Self.entries) and (e.value > ?6 or e.id > ?7) order by e.value, e.id limit ?8"
        case .readDescending:
            return "\(Self.entries) and (e.value < ?6 or e.id < ?7) order by e.value desc, e.id desc limit ?8"
        default: return stockSQL
        }
    }

    private static let receiptRow =
        "into marketplace_receipt (namespace, id, digest, receipt, due) values (?1, ?2, ?3, ?4, ?5)"

    /// The columns of an event, in the order in which they are read; the position first, by which feeds are merged.
    private static let eventColumns =
        """
        e.position, e.category, e.name, s.key, e.version, e.id, e.transaction_id, e.time, e.schema_version, \
        e.command, e.headers, e.payload
        """

    private static let feed =
        """
        select \(eventColumns) from marketplace_event e cross join marketplace_stream s on s.id = e.stream where \
        e.namespace = (select id from marketplace_namespace where name = ?1) and e.position > ?2
        """

    private static let entries =
        """
        select d.id, d.revision, d.body, e.value from marketplace_entry e cross join marketplace_document d on \
        d.number = e.document where e.namespace = (select id from marketplace_namespace where name = ?1) and \
        e.collection = ?2 and e.name = ?3 and e.value >= ?4 and e.value < ?5
        """
}
#endif
