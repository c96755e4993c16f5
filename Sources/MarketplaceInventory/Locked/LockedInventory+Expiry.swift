public import MarketplaceCore
import MarketplaceStorage

extension LockedInventory {
    /// The most lock keys of one batch of holds that are ended together: it keeps everybody out for one read and write.
    private static let keysPerBatch = 128

    /// How many things of each kind that are past their retention one sweep forgets.
    private static let forgottenPerSweep = 500

    /// Ends holds whose deadline has come; see ``InventoryStore/expire(dueBy:limit:)``.
    ///
    /// One lease and one write for a batch of holds. When nothing more is due, what is past its retention is forgotten
    /// as well.
    @discardableResult
    public func expire(dueBy time: Timestamp, limit: Int) async throws(InventoryError) -> [Reservation] {
        let limit = InventoryLimits.clamped(limit: limit)
        var expired: [Reservation] = []
        var isDrained = false
        while !isDrained, expired.count < limit {
            let wanted = limit - expired.count
            let overdue = try await due(by: time, limit: wanted)
            isDrained = overdue.count < wanted
            let ended = try await end(overdue, at: time)
            expired += ended
            // Others are ending the same holds: what is left is theirs, or the next call's.
            if ended.isEmpty { break }
        }
        if isDrained {
            let horizon = time.advanced(by: .zero - configuration.retention)
            try await asking { () async throws(StockTableError) in
                try await table.forget(endedBy: horizon, limit: Self.forgottenPerSweep)
            }
        }
        return expired
    }

    /// Holds whose deadline has come.
    func due(by time: Timestamp, limit: Int) async throws(InventoryError) -> [ReservationBook] {
        try await asking { () async throws(StockTableError) in
            try await table.reservations(dueBy: time, limit: limit)
        }
    }

    /// Ends holds whose deadline has come, unless somebody else does; returns those that this call has ended.
    func end(_ overdue: [ReservationBook], at time: Timestamp) async throws(InventoryError) -> [Reservation] {
        var ended: [Reservation] = []
        for batch in Self.batches(of: overdue) {
            let query = StockTableQuery(of: batch)
            ended += try await attempting { () async throws(InventoryError) -> Step<[Reservation]> in
                try await underLease(query) { decision throws(InventoryError) in
                    var ended: [Reservation] = []
                    for book in batch where decision.covers(book.id) {
                        if let reservation = decision.settle(book.id, at: time) { ended.append(reservation) }
                    }
                    return .answer(.success(ended))
                }
            }
        }
        return ended
    }

    private static func batches(of books: [ReservationBook]) -> [[ReservationBook]] {
        var batches: [[ReservationBook]] = []
        var keyCount = 0
        for book in books {
            let keys = book.positions.count + 1
            if batches.isEmpty || keyCount + keys > keysPerBatch {
                batches.append([])
                keyCount = 0
            }
            batches[batches.count - 1].append(book)
            keyCount += keys
        }
        return batches
    }
}
