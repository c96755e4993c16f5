public import MarketplaceCore
import MarketplaceStorage

extension LockedInventory {
    /// The most lock keys of one batch of holds that are ended together: it keeps everybody out for one read and write.
    private static let keysPerBatch = 128

    /// How many overdue holds a call that found too little ends before it tries again; what remains is left to its next
    /// attempt.
    private static let overduePerAttempt = 256

    /// How many things of each kind that are past their retention one sweep forgets.
    private static let forgottenPerSweep = 10_000

    /// Ends holds whose deadline has come; see ``InventoryStore/expire(dueBy:limit:)``.
    ///
    /// One lease and one write for a batch of holds. When nothing more is due, what is past its retention is forgotten
    /// as well.
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
            let overdue = try await due(by: time, limit: limit - before)
            isDrained = overdue.count < limit - before
            try await end(overdue, at: time, into: &expired)
            // Others are ending the same holds: what is left is theirs, or the next call's.
            if expired.count == before { break }
        }
        guard isDrained else { return }
        let horizon = time.advanced(by: .zero - configuration.retention)
        try await asking { () async throws(StockTableError) in
            try await table.forget(endedBy: horizon, limit: Self.forgottenPerSweep)
        }
    }

    /// Holds whose deadline has come.
    func due(by time: Timestamp, limit: Int) async throws(InventoryError) -> [ReservationBook] {
        try await asking { () async throws(StockTableError) in
            try await table.reservations(dueBy: time, limit: limit)
        }
    }

    /// Ends holds whose deadline has come, unless somebody else does; those that this call has ended are added to
    /// `ended`, also when it fails in the end.
    func end(
        _ overdue: [ReservationBook],
        at time: Timestamp,
        into ended: inout [Reservation]
    ) async throws(InventoryError) {
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
    }

    /// Ends all holds that are overdue.
    func endAllOverdue(at time: Timestamp) async throws(InventoryError) {
        // Where nothing was ended, others are at it.
        for _ in 0..<configuration.maximumAttempts {
            var isIdle = false
            while !isIdle {
                let overdue = try await due(by: time, limit: Self.overduePerAttempt)
                if overdue.isEmpty { return }
                var ended: [Reservation] = []
                try await end(overdue, at: time, into: &ended)
                isIdle = ended.isEmpty
            }
            await Task.yield()
        }
        throw .contended(attempts: configuration.maximumAttempts)
    }

    /// Which holds that are overdue could lead a decision to another answer.
    enum Overdue {
        case none
        case these([ReservationBook])
        case any
    }

    /// Decides under a lease; holds that are overdue and could lead to another answer are ended instead, and the next
    /// attempt decides again.
    func underLease<Answer: Sendable>(
        _ query: StockTableQuery,
        endingOverdueAt time: Timestamp,
        _ decide: (inout StockDecision, inout Overdue) -> Step<Answer>
    ) async throws(InventoryError) -> Step<Answer> {
        var found: [ReservationBook] = []
        let step = try await underLease(query) { decision async throws(InventoryError) -> Step<Answer> in
            var overdue = Overdue.none
            let step = decide(&decision, &overdue)
            switch overdue {
            case .none: return step
            case .these(let books): found = books
            case .any:
                found = try await due(by: time, limit: Self.overduePerAttempt)
                // Under a lease that was lost, somebody may have ended them since the rows were read.
                if found.isEmpty, try await !isCurrent(decision.rows.fences, of: query) { return .again }
            }
            return found.isEmpty ? step : .again
        }
        guard !found.isEmpty else { return step }
        var ended: [Reservation] = []
        try await end(found, at: time, into: &ended)
        return ended.isEmpty ? step : .settled
    }

    /// Whether nobody has written any of what a query names since its fences were read.
    private func isCurrent(
        _ fences: [FenceKey: FencingToken],
        of query: StockTableQuery
    ) async throws(InventoryError) -> Bool {
        let keys = try LockedKeys(query, prefix: configuration.keyPrefix).keys
        return try await read(StockTableQuery(fences: keys.sorted)).fences == fences
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
