public import MarketplaceCore
public import MarketplaceInventory
public import MarketplaceStorage

/// A table of stock in a database of PostgreSQL, in plain columns: what `LockedInventory` keeps its rows in.
///
/// A write locks its fences and its rows in ascending order, compares the fences, and writes everything in the same
/// transaction. Writers of different rows do not wait for each other, and share the server's syncs. Each write takes a
/// connection of the pool for two round trips.
///
/// Movements are read as events are: behind the oldest transaction under way, of anybody in the cluster, see
/// ``PostgresFeedHeld``.
public struct PostgresStockTable: StockTable {
    private let database: PostgresDatabase
    private let name: StoreNamespace
    private let codec: any PayloadCodec

    init(database: PostgresDatabase, namespace: StoreNamespace, codec: any PayloadCodec) {
        self.database = database
        name = namespace
        self.codec = codec
    }

    private var reading: PostgresStockReading { PostgresStockReading(namespace: name, codec: codec) }

    /// Reads the rows that are named, all as of one moment.
    public func read(_ query: StockTableQuery) async throws(StockTableError) -> StockTableRows {
        let settings = PostgresLocking.settings(lockTimeout: database.configuration.lockTimeout)
        return try await read(reading.statements(for: query, settings: settings)) { answers throws(PostgresFailure) in
            try reading.rows(answers)
        }
    }

    /// Applies the whole write, or none of it.
    public func write(_ write: StockTableWrite) async throws(StockTableError) {
        let encoded: PostgresStockWrite
        do throws(PayloadCodecError) {
            encoded = try PostgresStockWrite(write, codec: codec)
        } catch {
            throw .notApplied(StoreFailure(.unreadable, error.description))
        }
        let stale = try await transaction {
            encoded.opening($0)
        } decide: { namespace, rows throws(PostgresFailure) in
            let (stale, turn) = try encoded.judge(rows)
            let statements = stale == nil ? encoded.statements(namespace, turn: turn) : nil
            return PostgresDecision(value: stale, statements: statements)
        }
        if let stale { throw .staleFence(stale) }
    }

    /// The reservations that are due at or before `time`, the earliest first, then by id.
    public func reservations(dueBy time: Timestamp, limit: Int) async throws(StockTableError) -> [ReservationBook] {
        try await books(reading.due(by: time, limit: limit))
    }

    /// The open reservations with an id after `id`, by ascending id.
    public func openReservations(
        after id: ReservationID?,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        guard id?.bits != .max else { return [] }
        return try await books(reading.open(from: id.map { $0.bits + 1 } ?? 0, limit: limit))
    }

    /// The reservations that wait for units of a point, the earliest first, then by id.
    public func reservations(
        awaiting point: StockPoint,
        limit: Int
    ) async throws(StockTableError) -> [ReservationBook] {
        try await books(reading.awaiting(point, limit: limit))
    }

    /// The movements after `cursor`, in the order of their transactions.
    ///
    /// A page that would end before movements that are committed, of whomever, waits a little, see
    /// ``PostgresConfiguration/feedPatience``.
    public func movements(after cursor: MovementCursor, limit: Int) async throws(StockTableError) -> MovementSlice {
        let timeline = database.timeline
        let deadline = timeline.deadline(after: database.configuration.feedPatience)
        while true {
            let statements = reading.movements(after: cursor, limit: limit)
            let (slice, isHeld, bound) = try await read(statements) { answers throws(PostgresFailure) in
                try reading.movements(answers, after: cursor)
            }
            // Who holds it back has mostly ended a moment later.
            if isHeld, slice.movements.count < limit, timeline.now < deadline, !Task.isCancelled {
                await timeline.sleep(for: PostgresStore.ownInterval)
                continue
            }
            await database.noteFeed(isHeld: isHeld, bound: bound)
            return slice
        }
    }

    /// Deletes what ended, or was recorded, at or before `time`.
    public func forget(endedBy time: Timestamp, limit: Int) async throws(StockTableError) {
        try await transaction { _ in
            []
        } decide: { namespace, _ in
            let statements = PostgresStockWrite.forgetting(endedBy: time, limit: limit, namespace)
            return PostgresDecision(value: (), statements: statements)
        }
    }

    private func books(_ statements: [PostgresStatement]) async throws(StockTableError) -> [ReservationBook] {
        try await read(statements) { answers throws(PostgresFailure) in try reading.books(answers) }
    }

    private func read<Value>(
        _ statements: [PostgresStatement],
        _ body: ([PostgresRows]) throws(PostgresFailure) -> Value
    ) async throws(StockTableError) -> Value {
        let answers: [PostgresRows]
        do throws(StoreError) {
            answers = try await database.read(statements)
        } catch {
            throw Self.error(error)
        }
        do throws(PostgresFailure) {
            return try body(answers)
        } catch {
            throw .notApplied(error.storeFailure)
        }
    }

    private func transaction<Value: Sendable>(
        opening: (_ namespace: Int64) -> [PostgresStatement],
        decide: (_ namespace: Int64, [PostgresRows]) throws(PostgresFailure) -> PostgresDecision<Value>
    ) async throws(StockTableError) -> Value {
        let ending = await database.transactions.run { session throws(PostgresFailure) in
            try await database.transactions.registry.number(of: name, with: session)
        } opening: { namespace in
            opening(namespace)
        } decide: { namespace, rows throws(PostgresFailure) in
            try decide(namespace, rows)
        }
        switch ending {
        case .told(let value): return value
        case .notApplied(let failure): throw .notApplied(failure.storeFailure)
        case .unknown(let failure): throw .unknown(failure.storeFailure)
        }
    }

    /// The failure of a read as one of a table; nothing here conflicts with the state of a store.
    private static func error(_ error: StoreError) -> StockTableError {
        switch error {
        case .unknown(let failure): .unknown(failure)
        case .notApplied(let failure): .notApplied(failure)
        case .conflict, .invalid: .notApplied(StoreFailure(.unavailable, "\(error)"))
        }
    }
}

extension PostgresDatabase {
    /// The tables of stock of a namespace, for `LockedInventory`.
    ///
    /// - Parameters:
    ///   - namespace: The namespace. The stock of its store, if there is any, is another one.
    ///   - codec: Writes terms, actions and the books of reservations: what has no column of its own.
    /// - Returns: The table, which is empty until somebody writes to it.
    public func stockTable(namespace: StoreNamespace, codec: any PayloadCodec) -> PostgresStockTable {
        PostgresStockTable(database: self, namespace: namespace, codec: codec)
    }
}
