import MarketplaceCore
import MarketplaceStorage

/// Where a relay writes, and how far it has come there.
struct MovementRelayTarget: StoreService {
    typealias Failure = MovementReaderError

    let name: RelayName
    let store: any Store
    let codec: any PayloadCodec

    /// Each lost race means that another relay has copied a batch.
    var maximumAttempts: Int { 16 }

    /// Up to where movements are copied.
    struct Checkpoint {
        let cursor: MovementCursor
        let revision: DocumentRevision?
    }

    private var key: DocumentKey { DocumentKey("$stock-relays", name.retyped()) }

    func checkpoint() async throws(MovementReaderError) -> Checkpoint {
        let stored = try await read(key, as: MovementCursor.self)
        return Checkpoint(cursor: stored?.value ?? .start, revision: stored?.revision)
    }

    /// Records the events of a page and moves the checkpoint, in one commit; false when another relay did.
    func copy(_ page: MovementSlice, after checkpoint: Checkpoint) async throws(MovementReaderError) -> Bool {
        let before = checkpoint.revision.map(\.description) ?? "start"
        let marks = checkpoint.cursor.marks.map(String.init).joined(separator: " ")
        let latest = page.movements.map(\.time).max() ?? .epoch
        let id = TransactionID(derivedFrom: "stock relay", name.text, before, marks)
        var transaction = Transaction(id: id, time: latest)
        try append(page.movements.groupedBySKU, to: &transaction)
        transaction.write(
            DocumentWrite(
                key,
                body: try encoded(page.next),
                expecting: checkpoint.revision.map(ExpectedRevision.exactly) ?? .absent
            )
        )
        switch try await commit(transaction) {
        case .done: return true
        case .contended, .bound: return false
        }
    }
}

extension [StockMovement] {
    /// The same movements, those of one SKU one after the other and in their order.
    fileprivate var groupedBySKU: [StockMovement] {
        var groups: [SKU: [StockMovement]] = [:]
        for movement in self { groups[movement.sku, default: []].append(movement) }
        return groups.sorted { $0.key < $1.key }.flatMap(\.value)
    }
}
