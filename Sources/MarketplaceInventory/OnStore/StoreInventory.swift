public import MarketplaceCore
public import MarketplaceStorage

/// An inventory on any ``Store``, safe for any number of processes.
///
/// Per SKU there are counters (what is available has a floor of zero, what a member has a ceiling), which commute: a
/// hot SKU does not make its buyers retry. Each reservation is a document, each change an event (``StockMoved``) in
/// the stream of its SKU, and all three are one commit. The ids of transactions follow from the reservation and the
/// move, so an unknown outcome is resolved by committing again.
///
/// Keep ``Configuration/retention`` at least as long as the store keeps the ids of transactions.
public struct StoreInventory: InventoryStore {
    /// The bounds of an inventory on a store.
    public struct Configuration: Hashable, Sendable {
        /// How long an ended reservation and a receipt are remembered, by the times of the calls.
        public var retention: Duration
        /// How often a call is tried while others change the same things, or while the store fails to answer.
        public var maximumAttempts: Int

        /// Makes a configuration; `maximumAttempts` is at least one.
        public init(retention: Duration = InventoryLimits.defaultRetention, maximumAttempts: Int = 16) {
            self.retention = retention
            self.maximumAttempts = max(1, maximumAttempts)
        }
    }

    package let store: any Store
    package let codec: any PayloadCodec
    let configuration: Configuration
    let cache = StockItemCache()

    /// The inventory that `store` keeps.
    ///
    /// - Parameters:
    ///   - store: Keeps counters, documents and events.
    ///   - codec: Writes the documents and the payloads of the events: the application's own, so that its projections
    ///     read the movements like any other event.
    ///   - configuration: The bounds.
    public init(store: any Store, codec: any PayloadCodec, configuration: Configuration = Configuration()) {
        self.store = store
        self.codec = codec
        self.configuration = configuration
    }

    /// Takes in stock; see ``InventoryStore/receive(_:)``.
    @discardableResult
    public func receive(_ receipt: StockReceipt) async throws(InventoryError) -> StockLevel {
        try InventoryLimits.validate(receipt.sku)
        let key = DocumentKey(StockKeySpace.receipts, receipt.id)
        let document = ReceiptDocument(sku: receipt.sku, units: Int64(receipt.quantity.value))
        return try await attempting { () async throws(InventoryError) -> StockLevel? in
            if let stored = try await read(key, as: ReceiptDocument.self) {
                guard stored.value == document else { throw .refused(.receiptMismatch(receipt.id)) }
                return try await stock(of: receipt.sku)
            }
            let item = try await item(of: receipt.sku)
            let transaction = try receiving(receipt, document, at: key, isNew: item == nil)
            switch try await commit(transaction) {
            case .done: return try await stock(of: receipt.sku)
            case .contended:
                cache.forget([receipt.sku])
                return nil
            case .bound(_, _, let onHand):
                throw .refused(
                    .tooMuchStock(
                        receipt.sku,
                        onHand: onHand,
                        received: document.units,
                        maximum: InventoryLimits.unitsOnHand
                    )
                )
            }
        }
    }

    private func receiving(
        _ receipt: StockReceipt,
        _ document: ReceiptDocument,
        at key: DocumentKey,
        isNew: Bool
    ) throws(InventoryError) -> Transaction {
        let id = TransactionID(derivedFrom: "inventory receipt", receipt.id.description)
        var transaction = Transaction(id: id, time: receipt.time)
        let ended = IndexEntry(ReservationDocument.endedIndex, .time(receipt.time))
        transaction.write(
            DocumentWrite(key, body: try encoded(document), expecting: .absent, indexEntries: [ended])
        )
        if isNew {
            let body = try encoded(StockItemDocument())
            transaction.write(DocumentWrite(StockKeySpace.item(receipt.sku), body: body, expecting: .absent))
        }
        let onHand = StockKeySpace.onHand(receipt.sku)
        transaction.add(document.units, to: onHand, ceiling: InventoryLimits.unitsOnHand)
        transaction.add(document.units, to: StockKeySpace.available(receipt.sku))
        let moved = StockMoved(
            sku: receipt.sku,
            kind: .restock,
            deltas: StockDeltas(onHand: document.units),
            reservation: nil,
            reference: receipt.reference
        )
        try append(moved, idBits: receipt.id.bits, to: StockKeySpace.stream(moved.sku), in: &transaction)
        return transaction
    }

    /// Sets the terms of a SKU; see ``InventoryStore/setTerms(_:for:at:)``.
    public func setTerms(_ terms: SaleTerms, for sku: SKU, at time: Timestamp) async throws(InventoryError) {
        try InventoryLimits.validate(sku)
        try terms.validate(for: sku)
        let key = StockKeySpace.item(sku)
        try await attempting { () async throws(InventoryError) -> Void? in
            let stored = try await read(key, as: StockItemDocument.self)
            let item = (stored?.value ?? StockItemDocument()).with(terms)
            if stored?.value == item { return () }
            let revision = stored?.revision
            let version = revision?.description ?? "new"
            var transaction = Transaction(
                id: TransactionID(derivedFrom: "inventory terms", sku.text, version),
                time: time
            )
            transaction.write(
                DocumentWrite(
                    key,
                    body: try encoded(item),
                    expecting: revision.map(ExpectedRevision.exactly) ?? .absent
                )
            )
            guard case .done = try await commit(transaction) else { return nil }
            cache.forget([sku])
            return ()
        }
    }
}
