#if SQLite
import MarketplaceCore
import MarketplaceInventory
import MarketplaceStorage

/// The reads of one namespace's table of stock, within a snapshot.
struct SQLiteStockReading {
    let session: SQLiteSession
    let namespace: StoreNamespace
    let codec: any PayloadCodec

    private var name: SQLiteValue { .text(namespace.text) }

    func rows(of query: StockTableQuery) throws(SQLiteFailure) -> StockTableRows {
        var rows = StockTableRows()
        for key in query.fences {
            rows.fences[key] = try session.first(.readStockFence, name, .text(key.text)) { row in
                FencingToken(UInt64(bitPattern: row.integer(0)))
            }
        }
        for sku in query.skus { rows.items[sku] = try item(of: sku) }
        for point in query.points {
            let (sku, location) = (SQLiteValue.text(point.sku.text), SQLiteValue.text(point.location.text))
            rows.levels[point] = try session.first(.readStockLevel, name, sku, location) { row in
                StockLevelRow(point, Self.units(row, from: 0))
            }
        }
        for key in query.counts {
            let (sku, member) = (SQLiteValue.text(key.sku.text), SQLiteValue.text(key.member.text))
            rows.counts[key] = try session.first(.readStockCount, name, sku, member) { row in
                MemberCountRow(key, limitGeneration: row.integer(0), units: row.integer(1))
            }
        }
        for id in query.reservations {
            rows.reservations[id] = try books(.readStockReservation, [.bits(id.bits)]).first
        }
        for id in query.changes { rows.changes[id] = try change(id) }
        return rows
    }

    private func item(of sku: SKU) throws(SQLiteFailure) -> StockItemRow? {
        try session.first(.readStockItem, name, .text(sku.text)) { row throws(SQLiteFailure) in
            StockItemRow(
                sku: sku,
                terms: try decoded(SaleTerms.self, row.bytes(0)),
                limitGeneration: row.integer(1),
                lastLimitGeneration: row.integer(2),
                locations: try decoded([LocationKey].self, row.bytes(3))
            )
        }
    }

    private func change(_ id: MovementID) throws(SQLiteFailure) -> RecordedChangeRow? {
        try session.first(.readStockChange, name, .bits(id.bits)) { row throws(SQLiteFailure) in
            RecordedChangeRow(
                id: id,
                point: try Self.point(row, from: 0),
                action: try decoded(StockAction.self, row.bytes(3)),
                time: Timestamp(microsecondsSinceEpoch: row.integer(2))
            )
        }
    }

    /// The books that a query finds; its values come behind the namespace.
    func books(_ query: SQLiteQuery, _ values: [SQLiteValue]) throws(SQLiteFailure) -> [ReservationBook] {
        var books: [ReservationBook] = []
        try session.each(query, [name] + values) { row throws(SQLiteFailure) in
            books.append(try decoded(ReservationBook.self, row.bytes(0)))
            return true
        }
        return books
    }

    func movements(after cursor: MovementCursor, limit: Int) throws(SQLiteFailure) -> MovementSlice {
        var movements: [StockMovement] = []
        var last = cursor.marks.first ?? 0
        let values: [SQLiteValue] = [name, .integer(Int64(clamping: last)), .limit(limit)]
        try session.each(.readStockMovements, values) { row throws(SQLiteFailure) in
            let point = try Self.point(row, from: 2)
            movements.append(
                StockMovement(
                    id: MovementID(bits: try row.bits(1)),
                    sku: point.sku,
                    location: point.location,
                    kind: StockMovementKind(try row.text(4)),
                    deltas: Self.units(row, from: 5),
                    reservation: row.isNull(11) ? nil : ReservationID(bits: try row.bits(11)),
                    reference: row.isNull(12) ? nil : StockReference(unchecked: try row.text(12)),
                    time: Timestamp(microsecondsSinceEpoch: row.integer(13))
                )
            )
            last = UInt64(bitPattern: row.integer(0))
            return true
        }
        return MovementSlice(movements: movements, next: MovementCursor(marks: [last]), missedCount: 0)
    }

    private static func point(_ row: SQLiteStatement, from column: Int32) throws(SQLiteFailure) -> StockPoint {
        StockPoint(
            SKU(unchecked: try row.text(column)),
            at: LocationKey(unchecked: try row.text(column + 1))
        )
    }

    private static func units(_ row: SQLiteStatement, from column: Int32) -> StockDeltas {
        StockDeltas(
            onHand: row.integer(column),
            held: row.integer(column + 1),
            allocated: row.integer(column + 2),
            backordered: row.integer(column + 3),
            incoming: row.integer(column + 4),
            damaged: row.integer(column + 5)
        )
    }

    private func decoded<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws(SQLiteFailure) -> Value {
        do throws(PayloadCodecError) {
            return try codec.decode(type, from: bytes)
        } catch {
            throw .unreadable(error.description)
        }
    }
}
#endif
