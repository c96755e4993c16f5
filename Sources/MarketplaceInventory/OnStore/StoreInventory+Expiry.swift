public import MarketplaceCore
import MarketplaceStorage

extension StoreInventory {
    /// How many overdue holds a reservation that found too little ends before it tries again; what remains is left to
    /// its next attempt.
    ///
    /// Each of its attempts ends twice as many as the one before, up to a page, so that no number of overdue holds
    /// keeps it from what it wants.
    private static let overduePerAttempt = 256

    /// How often the number is doubled: beyond a page.
    private static let doublings = 6

    /// How many things that are past their retention are forgotten in one commit.
    private static let forgottenPerPage = 500
    /// How many such pages one sweep forgets of each kind: more than end in the second between two sweeps.
    private static let forgettingPages = 20

    /// Ends holds whose deadline has come; see ``InventoryStore/expire(dueBy:limit:)``.
    ///
    /// One commit per hold. When nothing more is due, what is past its retention is forgotten as well.
    @discardableResult
    public func expire(dueBy time: Timestamp, limit: Int) async throws(InventoryError) -> [Reservation] {
        let limit = InventoryLimits.clamped(limit: limit)
        var expired: [Reservation] = []
        do throws(InventoryError) {
            try await expire(dueBy: time, limit: limit, into: &expired)
        } catch {
            // What was ended is told; whoever calls again meets the error first.
            if expired.isEmpty { throw error }
        }
        return expired
    }

    private func expire(
        dueBy time: Timestamp,
        limit: Int,
        into expired: inout [Reservation]
    ) async throws(InventoryError) {
        var isDrained = false
        while !isDrained, expired.count < limit {
            let before = expired.count
            isDrained = try await endOverdue(at: time, limit: limit - before, into: &expired).isDrained
            // Others are ending the same holds: what is left is theirs, or the next call's.
            if expired.count == before { break }
        }
        guard isDrained else { return }
        for collection in [StockKeySpace.reservations, StockKeySpace.changes] {
            for _ in 0..<Self.forgettingPages where try await !forgetOld(in: collection, at: time) { break }
        }
    }

    /// Ends holds whose deadline has come, for a reservation that found too little; false when there were none.
    func releaseOverdue(at time: Timestamp, attempt: Int = 0) async throws(InventoryError) -> Bool {
        let limit = InventoryLimits.clamped(limit: Self.overduePerAttempt << min(attempt, Self.doublings))
        var ended: [Reservation] = []
        return try await endOverdue(at: time, limit: limit, into: &ended).wasAnyDue
    }

    /// Whether a refusal by a counter at that value stands once nothing is overdue.
    func stands(
        _ refusal: InventoryRefusal,
        _ key: CounterKey,
        value: Int64,
        at time: Timestamp,
        attempt: Int
    ) async throws(InventoryError) -> Bool {
        guard refusal.mayBeLiftedByExpiry else { return true }
        if try await releaseOverdue(at: time, attempt: attempt) { return false }
        // Somebody else may have given back what was overdue since, and it counted as available all the while.
        let values = try await reading { () async throws(StoreError) in try await store.counters([key]) }
        return values[key] ?? 0 == value
    }

    private struct OverduePage {
        let wasAnyDue: Bool
        let isDrained: Bool
    }

    private func endOverdue(
        at time: Timestamp,
        limit: Int,
        into ended: inout [Reservation]
    ) async throws(InventoryError) -> OverduePage {
        let query = DocumentQuery.indexed(
            StockKeySpace.reservations,
            by: ReservationBook.dueIndex,
            atMost: .time(time),
            limit: limit
        )
        let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
        for document in slice.documents {
            let value = try decoded(ReservationBook.self, from: document.body)
            let stored = StoredValue(value: value, revision: document.revision)
            if let reservation = try await expire(stored, at: time)?.reservation { ended.append(reservation) }
        }
        return OverduePage(wasAnyDue: !slice.documents.isEmpty, isDrained: slice.documents.count < limit)
    }

    /// Deletes a page of the documents of a collection that are past their retention, in one commit; whether there may
    /// be more.
    private func forgetOld(
        in collection: DocumentCollection,
        at time: Timestamp
    ) async throws(InventoryError) -> Bool {
        let query = DocumentQuery.indexed(
            collection,
            by: ReservationBook.endedIndex,
            atMost: .time(time.advanced(by: .zero - configuration.retention)),
            limit: Self.forgottenPerPage
        )
        let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
        guard let first = slice.documents.first else { return false }
        let parts = (collection.text, first.key.id.text, "\(first.revision)/\(slice.documents.count)")
        var transaction = Transaction(
            id: TransactionID(derivedFrom: "inventory forgetting", parts.0, parts.1, parts.2),
            time: time
        )
        for document in slice.documents { transaction.delete(document.key, expecting: .exactly(document.revision)) }
        // Whoever was faster has deleted them too.
        _ = try await commit(transaction)
        return slice.documents.count == Self.forgottenPerPage
    }
}
