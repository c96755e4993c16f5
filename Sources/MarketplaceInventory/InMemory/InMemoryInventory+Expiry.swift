public import MarketplaceCore
import Synchronization

extension InMemoryInventory {
    /// How many overdue holds of its own shard a reservation ends on its way: enough to keep ahead of new ones.
    static let overduePerReserve = 4

    /// How many holds are ended under one lock, so that nobody else waits long for it.
    private static let overduePerLock = 256

    /// Ends holds whose deadline has come; see ``InventoryStore/expire(dueBy:limit:)``.
    ///
    /// - Complexity: O(log n) per hold that is ended, with n open holds.
    @discardableResult
    public func expire(dueBy time: Timestamp, limit: Int) throws(InventoryError) -> [Reservation] {
        let limit = InventoryLimits.clamped(limit: limit)
        var expired: [Reservation] = []
        for index in 0..<holds.count where holds.hint(index) <= time.microsecondsSinceEpoch {
            while expired.count < limit {
                let batch = min(limit - expired.count, Self.overduePerLock)
                let ended = expireBatch(index, at: time, limit: batch)
                expired += ended
                if ended.count < batch { break }
            }
        }
        return expired
    }

    private func expireBatch(_ index: Int, at time: Timestamp, limit: Int) -> [Reservation] {
        holds.withLock(index) { shard in
            var ended: [Reservation] = []
            while ended.count < limit, let slot = shard.nextOverdue(at: time) {
                let hold = shard.holds[slot]
                _ = endOverdue(slot, of: &shard, at: time)
                ended.append(expired(hold, at: time))
            }
            noteEarliest(of: shard, index)
            return ended
        }
    }

    /// How often a call that found too little looks for overdue holds and tries again.
    static let maximumRounds = 64

    /// Tries again what was refused because of units that were held beyond their deadline.
    func untilSettled<Value>(
        at time: Timestamp,
        _ attempt: () -> Result<Value, InventoryRefusal>
    ) throws(InventoryError) -> Value {
        for _ in 0..<Self.maximumRounds {
            let endedBefore = endedOverdue.load(ordering: .sequentiallyConsistent)
            let result = attempt()
            if case .failure(let refusal) = result, mayBeLifted(refusal, endedBefore, at: time) { continue }
            return try result.orThrow()
        }
        throw .contended(attempts: Self.maximumRounds)
    }

    /// Whether overdue holds have been ended, by this call or by others since `endedBefore` was read, that may have
    /// stood in the way.
    @inline(never)
    func mayBeLifted(_ refusal: InventoryRefusal, _ endedBefore: UInt64, at time: Timestamp) -> Bool {
        guard refusal.mayBeLiftedByExpiry else { return false }
        return releaseOverdue(at: time) || endedOverdue.load(ordering: .sequentiallyConsistent) != endedBefore
    }

    /// Ends all holds whose deadline has come; false when there were none.
    @inline(never)
    func releaseOverdue(at time: Timestamp) -> Bool {
        var didEnd = false
        for index in 0..<holds.count where holds.hint(index) <= time.microsecondsSinceEpoch {
            var ended = 0
            repeat {
                ended = holds.withLock(index) { shard in
                    let ended = endOverdue(of: &shard, at: time, limit: Self.overduePerLock)
                    noteEarliest(of: shard, index)
                    return ended
                }
                didEnd = didEnd || ended > 0
            } while ended == Self.overduePerLock
        }
        return didEnd
    }

    /// Publishes the earliest deadline of a shard for those who look without its lock.
    @inline(__always)
    func noteEarliest(of shard: borrowing HoldShard, _ index: Int) {
        let earliest = shard.earliestDeadline
        if earliest != holds.hint(index) { holds.setHint(index, earliest) }
    }

    /// Ends a few of the shard's holds whose deadline has come, and returns how many.
    @discardableResult
    @inline(never)
    func endOverdue(of shard: inout HoldShard, at time: Timestamp, limit: Int) -> Int {
        var ended = 0
        while ended < limit, let slot = shard.nextOverdue(at: time) {
            _ = endOverdue(slot, of: &shard, at: time)
            ended += 1
        }
        return ended
    }

    /// Ends what is tentative of a hold whose deadline has come, and returns the refusal of whoever still wanted
    /// something of it; nil when the rest of it is allocated.
    @inline(never)
    func endOverdue(_ slot: Int, of shard: inout HoldShard, at time: Timestamp) -> InventoryRefusal? {
        defer { endedOverdue.add(1, ordering: .sequentiallyConsistent) }
        let id = ReservationID(bits: shard.holds[slot].id)
        let deadline = Timestamp(microsecondsSinceEpoch: shard.holds[slot].deadline)
        if var book = shard.holds[slot].books.first {
            let moves = book.expire(at: time)
            keep(book, moves, in: slot, of: &shard, at: time)
            return book.refusal
        }
        move(slot, of: shard, .expiry, at: time)
        shard.end(slot, as: .expired, at: time)
        return .expired(id, deadline: deadline)
    }

    /// A hold whose deadline has come, as it stands after that.
    private func expired(_ hold: Hold, at time: Timestamp) -> Reservation {
        guard var book = hold.books.first else { return reservation(of: hold, state: .expired) }
        _ = book.expire(at: time)
        return book.reservation ?? reservation(of: hold, state: .expired)
    }
}
