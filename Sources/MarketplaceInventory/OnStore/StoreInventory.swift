public import MarketplaceCore
public import MarketplaceStorage

/// An inventory on any ``Store``, safe for any number of processes.
///
/// Per SKU and location there are counters (what is promised to nobody has a floor, what a member has a ceiling), which
/// commute: a hot SKU does not make its buyers retry. Each reservation is a document, each change an event
/// (``StockMoved``, and ``ProductStockChanged`` where it changes what is on hand) in the stream of its SKU, and all
/// three are one commit. The document says how often the reservation has moved, so repeating a call, also after an
/// unknown outcome, never moves anything twice.
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
    let calls = CallNames()

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

    /// Sets the terms of a SKU; see ``InventoryStore/setTerms(_:for:at:)``.
    public func setTerms(_ terms: SaleTerms, for sku: SKU, at time: Timestamp) async throws(InventoryError) {
        try InventoryLimits.validate(sku)
        try terms.validate(for: sku)
        try await attempting { () async throws(InventoryError) -> Void? in
            let stored = try await read(StockKeySpace.item(sku), as: StockItemDocument.self)
            let item = (stored?.value ?? StockItemDocument()).with(terms)
            if stored?.value == item { return () }
            let version = stored?.revision.description ?? "new"
            let id = TransactionID(derivedFrom: "inventory terms", sku.text, version)
            var transaction = Transaction(id: id, time: time)
            try write(item, of: sku, replacing: stored?.revision, in: &transaction)
            guard case .done(let receipt) = try await commit(transaction) else { return nil }
            remember(item, of: sku, writtenBy: transaction, receipt)
            return ()
        }
    }
}
