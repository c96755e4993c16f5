public import MarketplaceCore

extension InventoryStore {
    /// Takes in stock, and makes the SKU known; see ``record(_:)``.
    @discardableResult
    public func receive(_ receipt: StockReceipt) async throws(InventoryError) -> StockLevel {
        try await record(StockChange(receipt))
    }

    /// Promises a held reservation's units for good; see ``allocate(_:_:at:)``.
    @inlinable
    @discardableResult
    public func allocate(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReservationState {
        try await allocate(id, .everything, at: time)
    }

    /// Gives back the units of a reservation; see ``release(_:_:at:)``.
    @inlinable
    @discardableResult
    public func release(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReleaseOutcome {
        try await release(id, .everything, at: time)
    }

    /// Takes a reservation's units out of the stock on hand; see ``ship(_:_:at:)``.
    @inlinable
    public func ship(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) {
        try await ship(id, .everything, at: time)
    }

    /// The stock of one SKU; nil when it is unknown.
    public func stock(of sku: SKU) async throws(InventoryError) -> SKUStock? {
        try await stock(of: [sku])[sku]
    }
}
