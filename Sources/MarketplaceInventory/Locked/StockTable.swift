public import MarketplaceCore

/// The tables of an inventory that ``LockedInventory`` keeps: reading rows, writing rows, and six queries.
///
/// Whoever has a database and a lock service conforms a type to this and gets an inventory. The rows are plain values
/// that can be written as columns or as documents; no rule of the business is left to the table. It keeps these:
///
/// | Rows | Key | Found by |
/// |---|---|---|
/// | ``StockItemRow`` | SKU | |
/// | ``StockLevelRow`` | SKU and location | |
/// | ``MemberCountRow`` | SKU and member | |
/// | ``ReservationBook`` | id | id while open, `dueAt`, `endedAt`, `awaitedPoints` with `reservedAt` |
/// | ``RecordedChangeRow`` | id | time |
/// | `StockMovement` | place in the order | place in the order |
/// | fencing tokens | lock key | |
///
/// The promises of a table:
/// - **A read sees every write that was answered before the read was asked for.** No replica that lags behind, no cache
///   that others do not write through.
/// - **A write is all or nothing**, and its fences are compared and replaced in the same step: see ``write(_:)``. This
///   is what keeps stock from being sold twice, not the lock.
/// - **Fences are kept for ever**, whatever else is deleted. There is one per SKU and a bounded number more.
/// - **An outcome that is not known is said to be unknown**; a write that was reported as not applied is never applied.
///
/// An operation bounds its own time: nobody else can end it.
public protocol StockTable: Sendable {
    /// Reads the rows that are named; those that do not exist are missing in the answer.
    ///
    /// One decision needs one read. All rows are as of one moment, or else the fences are read before all others: a
    /// fence that is younger than the rows would vouch for what it has not seen. At most 1,000 of each kind of row are
    /// named, and as many fences as a lease has keys.
    func read(_ query: StockTableQuery) async throws(StockTableError) -> StockTableRows

    /// Applies the whole write, or none of it.
    ///
    /// For each ``StockFence``, the token that is kept for its key must be exactly ``StockFence/seen`` (none is kept
    /// when it is nil), and becomes ``StockFence/token``. If any is another one, nothing is written and
    /// ``StockTableError/staleFence(_:)`` is thrown. In SQL that is one statement per fence, whose count of rows tells:
    /// `UPDATE fences SET token = :token WHERE key = :key AND token = :seen`, or an `INSERT` that a primary key
    /// refuses.
    ///
    /// The rows replace those of the same key. Movements come after all that were written before, in their order.
    func write(_ write: StockTableWrite) async throws(StockTableError)

    /// The reservations that are due (``ReservationBook/dueAt``) at or before `time`, the earliest first, then by id.
    func reservations(dueBy time: Timestamp, limit: Int) async throws(StockTableError) -> [ReservationBook]

    /// The open reservations (whose ``ReservationBook/endedAt`` is nil) with an id after `id`, by ascending id.
    func openReservations(after id: ReservationID?, limit: Int) async throws(StockTableError) -> [ReservationBook]

    /// The reservations that wait for units of a point (``ReservationBook/awaitedPoints``), by
    /// ``ReservationBook/reservedAt``, then by id.
    func reservations(awaiting point: StockPoint, limit: Int) async throws(StockTableError) -> [ReservationBook]

    /// The movements after `cursor`, at most `limit`, in the order they were written.
    ///
    /// No movement ever appears before a cursor that was given. A database whose sequence gives numbers before it
    /// commits must not show a number while a lower one may still come: number the movements under a lock that lasts
    /// until the commit, or read behind the oldest transaction under way.
    func movements(after cursor: MovementCursor, limit: Int) async throws(StockTableError) -> MovementSlice

    /// Deletes reservations that ended, and recorded changes of a time, at or before `time`: at most `limit` of each.
    ///
    /// It needs no fence: what has ended never changes. A deletion must look at the row it deletes (`DELETE … WHERE
    /// ended_at <= :time`), because the id may have been used anew.
    func forget(endedBy time: Timestamp, limit: Int) async throws(StockTableError)
}
