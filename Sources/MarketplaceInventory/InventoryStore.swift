public import MarketplaceCore

/// Where stock is counted and set aside: the seam between a shop and whatever keeps its inventory.
///
/// A reservation goes from held to allocated to shipped, or ends before as released or expired; it ends exactly once.
/// `available = on hand − held − allocated` never falls below zero. Every call can be repeated: the ids are the
/// caller's. Time is an argument of every call, never read from a clock, and a hold whose deadline is at or before
/// the time of a call is treated as expired by it, whether or not anybody has come by to give its units back.
///
/// Every change writes one movement per SKU in the same step. Two forms come with this module: ``InMemoryInventory``
/// and ``StoreInventory``.
public protocol InventoryStore: Sendable {
    /// Takes in stock, and makes the SKU known.
    ///
    /// - Returns: The level right after the receipt, or now when it is a repetition.
    /// - Throws: `receiptMismatch`, `tooMuchStock`, `keyTooLong`.
    @discardableResult
    func receive(_ receipt: StockReceipt) async throws(InventoryError) -> StockLevel

    /// Sets the terms a SKU is sold on from now on, and makes the SKU known.
    ///
    /// - Throws: `contradictoryTerms`, `keyTooLong`.
    func setTerms(_ terms: SaleTerms, for sku: SKU, at time: Timestamp) async throws(InventoryError)

    /// Sets aside all that is asked for, or nothing.
    ///
    /// A repetition (same id, lines and member) returns the reservation as it stands; once it was released or has
    /// expired, it is refused with that.
    @discardableResult
    func reserve(_ request: ReservationRequest) async throws(InventoryError) -> Reservation

    /// Promises a held reservation's units for good: it loses its deadline.
    ///
    /// - Returns: `allocated`, or `shipped` when it has gone on to that since.
    /// - Throws: `expired` when the deadline was at or before `time`, `released`, `unknownReservation`.
    @discardableResult
    func allocate(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReservationState

    /// Gives back the units of a held or allocated reservation.
    ///
    /// A release of an unknown id leaves a tombstone, so that a reservation that arrives late is refused.
    ///
    /// - Throws: `alreadyShipped`.
    @discardableResult
    func release(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReleaseOutcome

    /// Takes an allocated reservation's units out of the stock on hand.
    ///
    /// - Throws: `notAllocated`, `expired`, `released`, `unknownReservation`.
    func ship(_ id: ReservationID, at time: Timestamp) async throws(InventoryError)

    /// Ends holds whose deadline is at or before `time`, at most `limit` (1 to ``InventoryLimits/pageSize``).
    ///
    /// - Returns: What this call ended; fewer than `limit` when no more was due.
    @discardableResult
    func expire(dueBy time: Timestamp, limit: Int) async throws(InventoryError) -> [Reservation]

    /// The levels of SKUs; those that are unknown are missing.
    func stock(of skus: [SKU]) async throws(InventoryError) -> [SKU: StockLevel]

    /// What is known of a reservation; nil when nothing is.
    func reservation(_ id: ReservationID) async throws(InventoryError) -> ReservationRecord?

    /// The open reservations with an id after `id`, in ascending order, for audits; at most `limit`.
    func openReservations(after id: ReservationID?, limit: Int) async throws(InventoryError) -> ReservationSlice

    /// The movements after `cursor`, at most `limit`; none when the reader has caught up.
    func movements(after cursor: MovementCursor, limit: Int) async throws(InventoryError) -> MovementSlice
}

extension InventoryStore {
    /// The level of one SKU; nil when it is unknown.
    public func stock(of sku: SKU) async throws(InventoryError) -> StockLevel? {
        try await stock(of: [sku])[sku]
    }
}
