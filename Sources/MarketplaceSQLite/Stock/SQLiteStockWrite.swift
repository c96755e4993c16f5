#if SQLite
import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

/// One write of a table of stock, encoded before it is in anybody's way.
struct SQLiteStockWrite: Sendable {
    private let write: StockTableWrite
    private let terms: [(terms: [UInt8], locations: [UInt8])]
    private let books: [[UInt8]]
    private let actions: [[UInt8]]

    init(_ write: StockTableWrite, codec: any PayloadCodec) throws(PayloadCodecError) {
        var (terms, books, actions) = ([(terms: [UInt8], locations: [UInt8])](), [[UInt8]](), [[UInt8]]())
        for item in write.items { terms.append((try codec.encode(item.terms), try codec.encode(item.locations))) }
        for book in write.reservations { books.append(try codec.encode(book)) }
        for change in write.changes { actions.append(try codec.encode(change.action)) }
        self.write = write
        self.terms = terms
        self.books = books
        self.actions = actions
    }

    /// How many rows it writes, lines of reservations apart.
    var partCount: Int {
        write.fences.count + write.items.count + write.levels.count + write.counts.count + write.reservations.count
            + write.changes.count + write.movements.count
    }

    /// Compares the fences, and writes everything unless one is stale, which is returned.
    func apply(in session: SQLiteSession, namespace: Int64) throws(SQLiteFailure) -> FenceKey? {
        let own = SQLiteValue.integer(namespace)
        for fence in write.fences {
            let kept = try session.first(.stockFence, own, .text(fence.key.text)) { row in
                FencingToken(UInt64(bitPattern: row.integer(0)))
            }
            guard kept == fence.seen else { return fence.key }
        }
        for fence in write.fences {
            let token = SQLiteValue.integer(Int64(bitPattern: fence.token.value))
            try session.run(.upsertStockFence, own, .text(fence.key.text), token)
        }
        try writeStock(in: session, own)
        for (book, bytes) in zip(write.reservations, books) { try Self.write(book, bytes, in: session, own) }
        for movement in write.movements { try Self.write(movement, in: session, own) }
        return nil
    }

    private func writeStock(in session: SQLiteSession, _ own: SQLiteValue) throws(SQLiteFailure) {
        for (item, encoded) in zip(write.items, terms) {
            try session.run(
                .upsertStockItem,
                own,
                .text(item.sku.text),
                .bytes(encoded.terms),
                .integer(item.limitGeneration),
                .integer(item.lastLimitGeneration),
                .bytes(encoded.locations)
            )
        }
        for level in write.levels {
            let point = [SQLiteValue.text(level.point.sku.text), .text(level.point.location.text)]
            try session.run(.upsertStockLevel, [own] + point + Self.values(of: level.units))
        }
        for count in write.counts {
            try session.run(
                .upsertStockCount,
                own,
                .text(count.key.sku.text),
                .text(count.key.member.text),
                .integer(count.limitGeneration),
                .integer(count.units)
            )
        }
        for (change, action) in zip(write.changes, actions) {
            try session.run(
                .upsertStockChange,
                own,
                .bits(change.id.bits),
                .text(change.point.sku.text),
                .text(change.point.location.text),
                .integer(change.time.microsecondsSinceEpoch),
                .bytes(action)
            )
        }
    }

    private static func write(
        _ book: ReservationBook,
        _ bytes: [UInt8],
        in session: SQLiteSession,
        _ own: SQLiteValue
    ) throws(SQLiteFailure) {
        let id = SQLiteValue.bits(book.id.bits)
        try session.run(
            .upsertStockReservation,
            own,
            id,
            .text(orNull: book.member?.text),
            .text(orNull: book.reference?.text),
            .text(book.state.rawValue),
            .integer(book.reservedAt.microsecondsSinceEpoch),
            .time(orNull: book.deadline),
            .time(orNull: book.dueAt),
            .time(orNull: book.endedAt),
            .bytes(bytes)
        )
        try session.run(.deleteStockLines, own, id)
        for position in book.positions {
            let units = [
                position.held, position.allocated, position.backordered, position.owed, position.shipped,
                position.released, position.expired,
            ]
            let point = [SQLiteValue.text(position.point.sku.text), .text(position.point.location.text)]
            let since = SQLiteValue.time(orNull: position.awaited > 0 ? book.reservedAt : nil)
            try session.run(.insertStockLine, [own, id] + point + units.map(SQLiteValue.integer) + [since])
        }
    }

    private static func write(
        _ movement: StockMovement,
        in session: SQLiteSession,
        _ own: SQLiteValue
    ) throws(SQLiteFailure) {
        let what: [SQLiteValue] = [
            own, .bits(movement.id.bits), .text(movement.sku.text), .text(movement.location.text),
            .text(movement.kind.text),
        ]
        let why: [SQLiteValue] = [
            movement.reservation.map { .bits($0.bits) } ?? .null, .text(orNull: movement.reference?.text),
            .integer(movement.time.microsecondsSinceEpoch),
        ]
        try session.run(.insertStockMovement, what + values(of: movement.deltas) + why)
    }

    private static func values(of units: StockDeltas) -> [SQLiteValue] {
        [units.onHand, units.held, units.allocated, units.backordered, units.incoming, units.damaged]
            .map(SQLiteValue.integer)
    }

    /// Deletes reservations that ended, and changes of a time, at or before `time`: at most `limit` of each.
    static func forget(
        endedBy time: Timestamp,
        limit: Int,
        in session: SQLiteSession,
        namespace: Int64
    ) throws(SQLiteFailure) {
        let own = SQLiteValue.integer(namespace)
        let bounds: [SQLiteValue] = [own, .integer(time.microsecondsSinceEpoch), .limit(limit)]
        var ids: [[UInt8]] = []
        try session.each(.endedStockReservations, bounds) { row in
            ids.append(row.bytes(0))
            return true
        }
        for id in ids {
            try session.run(.deleteStockLines, own, .bytes(id))
            try session.run(.deleteStockReservation, own, .bytes(id))
        }
        try session.run(.forgetStockChanges, bounds)
    }
}
#endif
