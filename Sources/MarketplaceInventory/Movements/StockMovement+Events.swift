import MarketplaceCore
import MarketplaceStorage

extension StoreService {
    /// Adds to a transaction the events that tell of movements: one for each, and one more where what is on hand has
    /// changed.
    ///
    /// Those of one SKU must come one after the other.
    func append(_ movements: [StockMovement], to transaction: inout Transaction) throws(Failure) {
        var drafts: [(sku: SKU, events: [EventDraft])] = []
        for movement in movements {
            let events = try events(of: movement)
            if drafts.last?.sku == movement.sku {
                drafts[drafts.count - 1].events += events
            } else {
                drafts.append((movement.sku, events))
            }
        }
        for (sku, events) in drafts {
            transaction.append(events, to: StockKeySpace.stream(sku), expecting: .any)
        }
    }

    private func events(of movement: StockMovement) throws(Failure) -> [EventDraft] {
        var events = [try draft(StockMoved(movement), bits: movement.id.bits)]
        if let changed = ProductStockChanged(movement) {
            let derived = TransactionID(derivedFrom: ProductStockChanged.eventName, "\(movement.id)")
            events.append(try draft(changed, bits: derived.bits))
        }
        return events
    }

    private func draft<Payload: EventPayload>(_ payload: Payload, bits: UInt128) throws(Failure) -> EventDraft {
        EventDraft(
            id: EventID(bits: bits),
            name: Payload.eventName,
            schemaVersion: Payload.schemaVersion,
            payload: try encoded(payload)
        )
    }
}
