public import MarketplaceCore

/// Where stock is counted and set aside: the seam between a shop and whatever keeps its inventory.
///
/// Units are counted per SKU and location. A reservation goes from held to allocated to shipped, or ends before as
/// released or expired; each of its units ends exactly once. `unpromised = on hand − held − allocated` never falls
/// below zero, and nobody can reserve what the terms keep back as safety stock. Every call can be repeated: the ids are
/// the caller's. Time is an argument of every call, never read from a clock, and a hold whose deadline is at or before
/// the time of a call is treated as expired by it, whether or not anybody has come by to give its units back.
///
/// Every change writes movements in the same step, at least one for each SKU and location whose stock it changes.
/// Three forms come with this module:
/// ``InMemoryInventory``, ``StoreInventory`` and ``LockedInventory``.
public protocol InventoryStore: Sendable {
    /// Records a change of stock that no reservation makes; one that adds units makes the SKU known.
    ///
    /// - Returns: The level at the change's own location right after it, or now when it is a repetition.
    /// - Throws: `changeMismatch`, `unknownSKU`, `insufficientUnits`, `tooMuchStock`, `sameLocation`,
    ///   `tooManyLocations`, `keyTooLong`.
    @discardableResult
    func record(_ change: StockChange) async throws(InventoryError) -> StockLevel

    /// Sets the terms a SKU is sold on from now on, and makes the SKU known.
    ///
    /// - Throws: `contradictoryTerms`, `keyTooLong`.
    func setTerms(_ terms: SaleTerms, for sku: SKU, at time: Timestamp) async throws(InventoryError)

    /// Sets aside all that is asked for, or nothing.
    ///
    /// Where the terms permit backorders and the request does too, units that are not there are promised as well; the
    /// positions of the reservation tell how many. A repetition (same id, lines and member) returns the reservation as
    /// it stands; once it was released or has expired, it is refused with that.
    @discardableResult
    func reserve(_ request: ReservationRequest) async throws(InventoryError) -> Reservation

    /// Promises a held reservation's units for good: it loses its deadline.
    ///
    /// - Returns: `allocated`, or `shipped` when it has gone on to that since.
    /// - Throws: `expired` when the deadline of any of its units was at or before `time`, `released`,
    ///   `unknownReservation`.
    @discardableResult
    func allocate(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReservationState

    /// Promises some of a reservation's units for good; the others keep the deadline.
    ///
    /// The units are how many of each point are to be allocated **in all**, counted with those of earlier calls and
    /// those that have been shipped since; so a repetition changes nothing. Points that are not named stay as they are. A
    /// repetition that comes after some of these units were released is refused: there are not so many any more.
    ///
    /// - Returns: Where the reservation stands: `held` while other units of it are.
    /// - Throws: `portionTooLarge`, `expired`, `released`, `unknownReservation`.
    @discardableResult
    func allocate(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReservationState

    /// Gives back the units of a held or allocated reservation that have not left.
    ///
    /// A release of an unknown id leaves a tombstone, so that a reservation that arrives late is refused.
    ///
    /// - Throws: `alreadyShipped`.
    @discardableResult
    func release(_ id: ReservationID, at time: Timestamp) async throws(InventoryError) -> ReleaseOutcome

    /// Gives back some of a reservation's units: those that are not there yet first, the allocated ones last.
    ///
    /// The units are how many of each point are to be released **in all**; see ``allocate(_:of:at:)``. Without units it
    /// changes nothing of a reservation that is known, and leaves the tombstone of one that is not: for a caller who
    /// must not undo what another one has made meanwhile.
    ///
    /// - Throws: `portionTooLarge`, `alreadyShipped`, `expired`, `released`, `unknownReservation`.
    @discardableResult
    func release(
        _ units: ReservationLines,
        of id: ReservationID,
        at time: Timestamp
    ) async throws(InventoryError) -> ReleaseOutcome

    /// Takes an allocated reservation's units out of the stock on hand.
    ///
    /// - Throws: `notAllocated`, `awaitingStock`, `expired`, `released`, `unknownReservation`.
    func ship(_ id: ReservationID, at time: Timestamp) async throws(InventoryError)

    /// Takes some of a reservation's allocated units out of the stock on hand: a parcel of several.
    ///
    /// The units are how many of each point are to be shipped **in all**; see ``allocate(_:of:at:)``.
    ///
    /// - Throws: `notAllocated`, `awaitingStock`, `portionTooLarge`, `expired`, `released`, `unknownReservation`.
    func ship(_ units: ReservationLines, of id: ReservationID, at time: Timestamp) async throws(InventoryError)

    /// Moves the deadline of a hold to a later time; an earlier one changes nothing, nor does any once all its units
    /// are allocated.
    ///
    /// - Returns: The reservation as it stands.
    /// - Throws: `expired`, `released`, `alreadyShipped`, `unknownReservation`.
    @discardableResult
    func extend(
        _ id: ReservationID,
        to deadline: Timestamp,
        at time: Timestamp
    ) async throws(InventoryError) -> Reservation

    /// Gives units that are there to the reservations that wait for them, the earliest one first, at most `limit` of
    /// them (1 to ``InventoryLimits/pageSize``): to be called when stock has come in.
    ///
    /// A reservation that cannot get all gets what there is. Safety stock is not given away.
    ///
    /// - Returns: The reservations that got something, as they stand then.
    @discardableResult
    func fillBackorders(
        of point: StockPoint,
        limit: Int,
        at time: Timestamp
    ) async throws(InventoryError) -> [Reservation]

    /// Ends holds whose deadline is at or before `time`, at most `limit` (1 to ``InventoryLimits/pageSize``).
    ///
    /// - Returns: What this call ended; fewer than `limit` when no more was due.
    @discardableResult
    func expire(dueBy time: Timestamp, limit: Int) async throws(InventoryError) -> [Reservation]

    /// The stock of SKUs at all their locations; those that are unknown are missing.
    ///
    /// Each level is exact, all together are not one moment.
    func stock(of skus: [SKU]) async throws(InventoryError) -> [SKU: SKUStock]

    /// What is known of a reservation; nil when nothing is.
    func reservation(_ id: ReservationID) async throws(InventoryError) -> ReservationRecord?

    /// The open reservations with an id after `id`, in ascending order, for audits; at most `limit`.
    func openReservations(after id: ReservationID?, limit: Int) async throws(InventoryError) -> ReservationSlice

    /// The movements after `cursor`, at most `limit`; none when the reader has caught up.
    func movements(after cursor: MovementCursor, limit: Int) async throws(InventoryError) -> MovementSlice
}
