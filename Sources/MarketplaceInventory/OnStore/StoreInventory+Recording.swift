import MarketplaceCore
import MarketplaceStorage

extension StoreInventory {
    /// Records a change of stock; see ``InventoryStore/record(_:)``.
    @discardableResult
    public func record(_ change: StockChange) async throws(InventoryError) -> StockLevel {
        try change.validate()
        let key = DocumentKey(StockKeySpace.changes, change.id)
        let document = ChangeDocument(point: change.point, action: change.action)
        var attempt = -1
        return try await attempting { () async throws(InventoryError) -> StockLevel? in
            attempt += 1
            if let stored = try await read(key, as: ChangeDocument.self) {
                guard stored.value == document else { throw .refused(.changeMismatch(change.id)) }
                return try await level(at: change.point)
            }
            let item = try await item(of: change.point.sku)
            guard item != nil || change.introducesSKU else { throw .refused(.unknownSKU(change.point.sku)) }
            let (transaction, changed) = try recording(change, document, at: key, item)
            switch try await commit(transaction) {
            case .done(let receipt):
                remember(changed, of: change.point.sku, writtenBy: transaction, receipt)
                return level(at: change.point, item?.item.terms, by: receipt, of: transaction)
            case .contended:
                cache.forget([change.point.sku])
                return nil
            case .bound(let key, _, let value):
                let refusal = refusal(of: change, key, value: value)
                guard try await stands(refusal, key, value: value, at: change.time, attempt: attempt) else {
                    return nil
                }
                throw .refused(refusal)
            }
        }
    }

    /// The commit of a change, and what is stored of the SKU behind it.
    private func recording(
        _ change: StockChange,
        _ document: ChangeDocument,
        at key: DocumentKey,
        _ entry: StockItemCache.Entry?
    ) throws(InventoryError) -> (Transaction, StockItemDocument) {
        let id = TransactionID(derivedFrom: "inventory change", "\(change.id)")
        var transaction = Transaction(id: id, time: change.time)
        let ended = IndexEntry(ReservationBook.endedIndex, .time(change.time))
        transaction.write(
            DocumentWrite(key, body: try encoded(document), expecting: .absent, indexEntries: [ended])
        )
        let sku = change.point.sku
        let movements = change.movements
        let known = entry?.item ?? StockItemDocument()
        let locations = movements.isEmpty ? [change.point.location] : movements.map(\.location)
        let item = try refusing { () throws(InventoryRefusal) in try known.with(locations, of: sku) }
        if let entry, item == known {
            transaction.require(.document(StockKeySpace.item(sku), at: entry.revision))
        } else {
            try write(item, of: sku, replacing: entry?.revision, in: &transaction)
        }
        for movement in movements { transaction.addRecorded(movement.deltas, of: movement.point) }
        // Adding nothing asks the receipt for the counter: the level right after the change.
        for counter in StockKeySpace.level(change.point) { transaction.add(0, to: counter) }
        try append(movements, to: &transaction)
        return (transaction, item)
    }

    /// The level of a point right after a commit.
    private func level(
        at point: StockPoint,
        _ terms: SaleTerms?,
        by receipt: CommitReceipt,
        of transaction: Transaction
    ) -> StockLevel {
        let values = Dictionary(
            zip(transaction.counterAdds.lazy.map(\.key), receipt.counters),
            uniquingKeysWith: { first, _ in first }
        )
        return level(at: point, terms ?? .unrestricted, values)
    }

    /// The refusal that a counter at its bound stands for.
    private func refusal(of change: StockChange, _ key: CounterKey, value: Int64) -> InventoryRefusal {
        for movement in change.movements {
            let (point, deltas) = (movement.point, movement.deltas)
            let parts: [(CounterKey, StockPart, Int64)] = [
                (StockKeySpace.unpromised(point), .unpromised, deltas.onHand),
                (StockKeySpace.incoming(point), .incoming, deltas.incoming),
                (StockKeySpace.damaged(point), .damaged, deltas.damaged),
            ]
            for (counter, part, delta) in parts where counter == key && delta < 0 {
                return .insufficientUnits(point, part, requested: -delta, present: value)
            }
        }
        let received = change.movements.map { max($0.deltas.onHand, $0.deltas.incoming, $0.deltas.damaged) }.max()
        return .tooMuchStock(
            change.point.sku,
            present: value,
            received: received ?? 0,
            maximum: InventoryLimits.unitsOnHand
        )
    }
}

/// What a rule refuses, as an error of the inventory.
@inline(__always)
func refusing<Value>(_ rule: () throws(InventoryRefusal) -> Value) throws(InventoryError) -> Value {
    do throws(InventoryRefusal) {
        return try rule()
    } catch {
        throw .refused(error)
    }
}
