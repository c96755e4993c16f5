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

    /// How many things that are past their retention one sweep forgets: they cost one commit together.
    private static let forgottenPerSweep = 500

    /// Ends holds whose deadline has come; see ``InventoryStore/expire(dueBy:limit:)``.
    ///
    /// One commit per hold. When nothing more is due, what is past its retention is forgotten as well.
    @discardableResult
    public func expire(dueBy time: Timestamp, limit: Int) async throws(InventoryError) -> [Reservation] {
        let limit = InventoryLimits.clamped(limit: limit)
        var expired: [Reservation] = []
        var isDrained = false
        while !isDrained, expired.count < limit {
            let page: OverduePage
            do throws(InventoryError) {
                page = try await endOverdue(at: time, limit: limit - expired.count)
            } catch {
                // What was ended is told; whoever calls again meets the error first.
                guard expired.isEmpty else { return expired }
                throw error
            }
            expired += page.ended
            isDrained = page.isDrained
            // Others are ending the same holds: what is left is theirs, or the next call's.
            if page.ended.isEmpty { break }
        }
        if isDrained {
            try await forgetOld(in: StockKeySpace.reservations, at: time)
            try await forgetOld(in: StockKeySpace.changes, at: time)
        }
        return expired
    }

    /// Ends holds whose deadline has come, for a reservation that found too little; false when there were none.
    func releaseOverdue(at time: Timestamp, attempt: Int = 0) async throws(InventoryError) -> Bool {
        let limit = InventoryLimits.clamped(limit: Self.overduePerAttempt << min(attempt, Self.doublings))
        return try await endOverdue(at: time, limit: limit).wasAnyDue
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
        var ended: [Reservation] = []
        let wasAnyDue: Bool
        let isDrained: Bool
    }

    private func endOverdue(at time: Timestamp, limit: Int) async throws(InventoryError) -> OverduePage {
        let query = DocumentQuery.indexed(
            StockKeySpace.reservations,
            by: ReservationBook.dueIndex,
            atMost: .time(time),
            limit: limit
        )
        let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
        var page = OverduePage(wasAnyDue: !slice.documents.isEmpty, isDrained: slice.documents.count < limit)
        for document in slice.documents {
            let value = try decoded(ReservationBook.self, from: document.body)
            let stored = StoredValue(value: value, revision: document.revision)
            if let ended = try await expire(stored, at: time)?.reservation { page.ended.append(ended) }
        }
        return page
    }

    /// Deletes a page of the documents of a collection that are past their retention, in one commit.
    private func forgetOld(
        in collection: DocumentCollection,
        at time: Timestamp
    ) async throws(InventoryError) {
        let query = DocumentQuery.indexed(
            collection,
            by: ReservationBook.endedIndex,
            atMost: .time(time.advanced(by: .zero - configuration.retention)),
            limit: Self.forgottenPerSweep
        )
        let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
        guard let first = slice.documents.first else { return }
        let parts = (collection.text, first.key.id.text, "\(first.revision)/\(slice.documents.count)")
        var transaction = Transaction(
            id: TransactionID(derivedFrom: "inventory forgetting", parts.0, parts.1, parts.2),
            time: time
        )
        for document in slice.documents { transaction.delete(document.key, expecting: .exactly(document.revision)) }
        // Whoever was faster has deleted them too.
        _ = try await commit(transaction)
    }
}
