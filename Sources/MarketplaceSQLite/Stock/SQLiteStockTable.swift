#if SQLite
public import MarketplaceCore
public import MarketplaceInventory
import MarketplaceStorage

/// A table of stock in a file of SQLite, in plain columns: what `LockedInventory` keeps its rows in.
///
/// Fences are compared and replaced in the transaction that writes the rows, and the writes of tasks that arrive
/// together, those of stores included, share one transaction and one sync; each gets its own outcome.
public struct SQLiteStockTable: StockTable {
    private let database: SQLiteDatabase
    private let name: StoreNamespace
    private let codec: any PayloadCodec

    init(database: SQLiteDatabase, namespace: StoreNamespace, codec: any PayloadCodec) {
        self.database = database
        name = namespace
        self.codec = codec
    }

    /// Reads the rows that are named, all as of one moment.
    public func read(_ query: StockTableQuery) async throws(StockTableError) -> StockTableRows {
        try await reading { reading throws(SQLiteFailure) in try reading.rows(of: query) }
    }

    /// Applies the whole write, or none of it.
    public func write(_ write: StockTableWrite) async throws(StockTableError) {
        let encoded: SQLiteStockWrite
        do throws(PayloadCodecError) {
            encoded = try SQLiteStockWrite(write, codec: codec)
        } catch {
            throw .notApplied(StoreFailure(.unreadable, error.description))
        }
        let name = name
        let stale = try await writing(parts: encoded.partCount) { batch throws(SQLiteFailure) -> FenceKey? in
            try encoded.apply(in: batch.session, namespace: batch.namespace(name).id)
        }
        if let stale { throw .staleFence(stale) }
    }

    /// The reservations that are due at or before `time`, the earliest first, then by id.
    public func reservations(dueBy time: Timestamp, limit: Int) async throws(StockTableError) -> [ReservationBook] {
        try await books(.readDueStock, .integer(time.microsecondsSinceEpoch), .limit(limit))
    }

    /// The open reservations with an id after `id`, by ascending id.
    public func openReservations(
        after id: ReservationID?,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        try await books(.readOpenStock, id.map { .bits($0.bits) } ?? .bytes([]), .limit(limit))
    }

    /// The reservations that wait for units of a point, the earliest first, then by id.
    public func reservations(
        awaiting point: StockPoint,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        try await books(.readAwaitingStock, .text(point.sku.text), .text(point.location.text), .limit(limit))
    }

    /// The movements after `cursor`, in the order they were written.
    public func movements(after cursor: MovementCursor, limit: Int) async throws(StockTableError) -> MovementSlice {
        try await reading { reading throws(SQLiteFailure) in try reading.movements(after: cursor, limit: limit) }
    }

    /// Deletes what ended, or was recorded, at or before `time`.
    public func forget(endedBy time: Timestamp, limit: Int) async throws(StockTableError) {
        let name = name
        try await writing(parts: limit) { batch throws(SQLiteFailure) in
            let namespace = try batch.namespace(name).id
            try SQLiteStockWrite.forget(endedBy: time, limit: limit, in: batch.session, namespace: namespace)
        }
    }

    private func books(_ query: SQLiteQuery, _ values: SQLiteValue...) async throws(StockTableError)
        -> [ReservationBook]
    {
        try await reading { reading throws(SQLiteFailure) in try reading.books(query, values) }
    }

    private func reading<Value: Sendable>(
        _ body: @escaping @Sendable (SQLiteStockReading) throws(SQLiteFailure) -> Value
    ) async throws(StockTableError) -> Value {
        let (name, codec) = (name, codec)
        do throws(StoreError) {
            return try await database.pool.read { session throws(SQLiteFailure) in
                try body(SQLiteStockReading(session: session, namespace: name, codec: codec))
            }
        } catch {
            throw Self.error(error)
        }
    }

    private func writing<Value: Sendable>(
        parts: Int,
        _ body: @escaping @Sendable (inout SQLiteBatch) throws(SQLiteFailure) -> Value
    ) async throws(StockTableError) -> Value {
        do throws(StoreError) {
            return try await database.queue.write(parts: parts, body)
        } catch {
            throw Self.error(error)
        }
    }

    /// The failure of the connection as one of a table; nothing here conflicts with the state of a store.
    private static func error(_ error: StoreError) -> StockTableError {
        switch error {
        case .unknown(let failure): .unknown(failure)
        case .notApplied(let failure): .notApplied(failure)
        case .conflict, .invalid: .notApplied(StoreFailure(.unavailable, "\(error)"))
        }
    }
}
#endif
