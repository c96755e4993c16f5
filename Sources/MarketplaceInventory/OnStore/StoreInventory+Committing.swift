import MarketplaceCore
import MarketplaceStorage

extension StoreInventory: StoreService {
    package typealias Failure = InventoryError

    package var maximumAttempts: Int { configuration.maximumAttempts }

    /// What is stored of a SKU besides its counters, perhaps as of a while ago; nil when it is unknown.
    func item(of sku: SKU) async throws(InventoryError) -> StockItemCache.Entry? {
        while true {
            switch await cache.answer(for: sku) {
            case .known(let entry): return entry
            case .perhapsAbsent: return try await readItem(of: sku)
            case .failed(let error): throw error
            case .missed:
                guard !Task.isCancelled else {
                    throw .failed(.notApplied(StoreFailure(.cancelled, "before the item was read")))
                }
            case .reads(let read): return try await readItem(of: sku, as: read)
            }
        }
    }

    /// Reads an item for all who ask for it meanwhile.
    private func readItem(
        of sku: SKU,
        as read: StockItemCache.Read
    ) async throws(InventoryError) -> StockItemCache.Entry? {
        do throws(InventoryError) {
            let entry = try await readItem(of: sku)
            cache.end(read, of: sku, with: entry.map(StockItemCache.Ending.found) ?? .absent)
            return entry
        } catch {
            // That this task was cancelled is nothing to the others.
            cache.end(read, of: sku, with: Task.isCancelled ? .missed : .failed(error))
            throw error
        }
    }

    /// What is stored of a SKU now.
    func readItem(of sku: SKU) async throws(InventoryError) -> StockItemCache.Entry? {
        guard let stored = try await read(StockKeySpace.item(sku), as: StockItemDocument.self) else { return nil }
        return StockItemCache.Entry(revision: stored.revision, item: stored.value)
    }

    /// Writes what is stored of a SKU; it must be new when it replaces nothing.
    func write(
        _ item: StockItemDocument,
        of sku: SKU,
        replacing revision: DocumentRevision?,
        in transaction: inout Transaction
    ) throws(InventoryError) {
        transaction.write(
            DocumentWrite(
                StockKeySpace.item(sku),
                body: try encoded(item),
                expecting: revision.map(ExpectedRevision.exactly) ?? .absent
            )
        )
    }

    /// Keeps what a commit has written of a SKU, if it has, so that the next need not read it.
    func remember(
        _ item: StockItemDocument,
        of sku: SKU,
        writtenBy transaction: Transaction,
        _ receipt: CommitReceipt
    ) {
        let key = StockKeySpace.item(sku)
        for (write, revision) in zip(transaction.writes, receipt.revisions) where write.key == key {
            cache.keep(StockItemCache.Entry(revision: revision, item: item), of: sku)
        }
    }

    /// Writes the books of a reservation; they must be new when they replace nothing.
    func write(
        _ book: ReservationBook,
        replacing revision: DocumentRevision?,
        in transaction: inout Transaction
    ) throws(InventoryError) {
        transaction.write(
            DocumentWrite(
                StockKeySpace.reservation(book.id),
                body: try encoded(book),
                expecting: revision.map(ExpectedRevision.exactly) ?? .absent,
                indexEntries: book.indexEntries
            )
        )
    }

    /// Notes in the queue of a point that a reservation waits for units of it.
    func queue(
        _ book: ReservationBook,
        at point: StockPoint,
        in transaction: inout Transaction
    ) throws(InventoryError) {
        transaction.write(
            DocumentWrite(
                StockKeySpace.awaiting(book.id, at: point),
                body: try encoded(AwaitingDocument(reservation: book.id)),
                indexEntries: [AwaitingDocument.indexEntry(point, since: book.reservedAt)]
            )
        )
    }
}

extension Transaction {
    /// Adds to the counters of a point what a move of a reservation changes.
    ///
    /// The floor is what must be left promised to nobody when units are taken from there, the ceiling the most units
    /// that may be backordered; without them nothing can refuse the move.
    mutating func add(
        _ deltas: StockDeltas,
        of point: StockPoint,
        leaving floor: Int64? = nil,
        backorderedAtMost ceiling: Int64? = nil
    ) {
        if deltas.onHand != 0 { add(deltas.onHand, to: StockKeySpace.onHand(point)) }
        if deltas.held != 0 { add(deltas.held, to: StockKeySpace.held(point)) }
        if deltas.allocated != 0 { add(deltas.allocated, to: StockKeySpace.allocated(point)) }
        if deltas.unpromised != 0 { add(deltas.unpromised, to: StockKeySpace.unpromised(point), floor: floor) }
        if deltas.backordered != 0 {
            add(deltas.backordered, to: StockKeySpace.backordered(point), ceiling: ceiling)
        }
    }

    /// Adds to the counters of a point what a recorded change does, within the bounds of a level.
    mutating func addRecorded(_ deltas: StockDeltas, of point: StockPoint) {
        let most = InventoryLimits.unitsOnHand
        if deltas.onHand != 0 {
            add(deltas.onHand, to: StockKeySpace.onHand(point), ceiling: most)
            add(deltas.onHand, to: StockKeySpace.unpromised(point), floor: 0)
        }
        if deltas.incoming != 0 { add(deltas.incoming, to: StockKeySpace.incoming(point), floor: 0, ceiling: most) }
        if deltas.damaged != 0 { add(deltas.damaged, to: StockKeySpace.damaged(point), floor: 0, ceiling: most) }
    }
}
