import MarketplaceCore

/// The reservations and recorded changes of one shard, by id: a state machine without locks or time of its own.
struct HoldShard: Sendable {
    /// What is known of an id.
    enum Finding {
        case nothing
        case open(slot: Int)
        case ended(Tombstone)
    }

    /// How many things that are past their retention one call forgets: more than one call can add, so that they never
    /// pile up, and few enough for no call to wait.
    private static let forgettingBatch = 4

    /// Values of the table from 0 are slots of holds; those below are the numbers of tombstones.
    private var places = IdentifierTable()
    private(set) var holds: [Hold] = []
    private var freeSlots: [Int32] = []
    private var deadlines = DeadlineHeap()
    private var lastStamp: UInt32 = 0
    private var tombstones = RetainedQueue<Tombstone>()
    private var changePlaces = IdentifierTable()
    private var changes = RetainedQueue<KnownChange>()
    private let retention: Int64

    init(retention: Int64) {
        self.retention = retention
    }

    /// The earliest deadline that may be due; `Int64.max` for none.
    var earliestDeadline: Int64 { deadlines.first?.deadline ?? .max }

    /// How many reservations are open.
    var openCount: Int { holds.count - freeSlots.count }

    @inline(__always)
    func find(_ id: UInt128, hash: UInt64) -> Finding {
        guard let place = places.value(of: id, hash: hash) else { return .nothing }
        if place >= 0 { return .open(slot: Int(place)) }
        return tombstones[UInt64(-1 - place)].map(Finding.ended) ?? .nothing
    }

    // MARK: Moves

    /// Keeps a new hold, whose id must be unknown.
    @inline(__always)
    mutating func insert(
        _ request: borrowing ReservationRequest,
        hash: UInt64,
        holder: Holder,
        lines: HeldLines,
        books: [ReservationBook] = []
    ) {
        takeStamp()
        let slot = freeSlots.last.map { Int($0) } ?? holds.count
        let deadline = request.deadline.microsecondsSinceEpoch
        places.set(Int64(slot), for: request.id.bits, hash: hash)
        deadlines.push(DeadlineHeap.Entry(deadline: deadline, slot: Int32(slot), stamp: lastStamp))
        let hold = Hold(
            id: request.id.bits,
            hash: hash,
            holder: holder,
            reference: request.reference?.text,
            deadline: deadline,
            reservedAt: request.time.microsecondsSinceEpoch,
            first: lines.first,
            rest: lines.rest,
            books: books,
            stamp: lastStamp
        )
        if freeSlots.popLast() == nil {
            holds.append(hold)
        } else {
            holds[slot] = hold
        }
        forgetOld(at: request.time)
    }

    /// Takes the deadline off a hold.
    @inline(__always)
    mutating func allocate(_ slot: Int) {
        holds[slot].stamp = 0
        noteStaleDeadline()
    }

    /// Gives a hold another deadline.
    mutating func setDeadline(_ deadline: Timestamp, of slot: Int) {
        takeStamp()
        let deadline = deadline.microsecondsSinceEpoch
        holds[slot].deadline = deadline
        holds[slot].stamp = lastStamp
        deadlines.push(DeadlineHeap.Entry(deadline: deadline, slot: Int32(slot), stamp: lastStamp))
        noteStaleDeadline()
    }

    /// Keeps the books of a reservation that is still open.
    mutating func keep(_ book: ReservationBook, in slot: Int) {
        holds[slot].books = [book]
        if holds[slot].stamp != 0, book.state != .held { allocate(slot) }
    }

    private mutating func takeStamp() {
        lastStamp = lastStamp == .max ? 1 : lastStamp + 1
    }

    /// Takes a hold out and leaves its tombstone.
    mutating func end(_ slot: Int, as state: ReservationState, _ books: [ReservationBook] = [], at time: Timestamp) {
        let hold = holds[slot]
        if hold.stamp != 0 {
            holds[slot].stamp = 0
            noteStaleDeadline()
        }
        holds[slot] = Hold.none
        freeSlots.append(Int32(slot))
        bury(
            Tombstone(
                id: hold.id,
                hash: hold.hash,
                endedAt: time.microsecondsSinceEpoch,
                deadline: hold.deadline,
                state: state,
                member: hold.holder.member,
                lines: books.isEmpty ? hold.lines : .none,
                books: books
            )
        )
        forgetOld(at: time)
    }

    /// Leaves a tombstone for an id of which nothing is known, so that a reservation that comes late is refused.
    mutating func forestall(_ id: UInt128, hash: UInt64, at time: Timestamp) {
        let endedAt = time.microsecondsSinceEpoch
        bury(Tombstone(id: id, hash: hash, endedAt: endedAt, deadline: .min, state: .released))
        forgetOld(at: time)
    }

    /// A hold whose deadline is at or before `time`; it is due until it is ended.
    mutating func nextOverdue(at time: Timestamp) -> Int? {
        while let entry = deadlines.first, entry.deadline <= time.microsecondsSinceEpoch {
            if holds[Int(entry.slot)].stamp == entry.stamp { return Int(entry.slot) }
            deadlines.removeFirst()
            deadlines.noteStaleRemoved()
        }
        return nil
    }

    private mutating func noteStaleDeadline() {
        guard deadlines.noteStale() else { return }
        // Taken out of the shard for the time of the sweep, so that the closure may look at the holds.
        var heap = deadlines
        deadlines = DeadlineHeap()
        heap.compact { holds[Int($0.slot)].stamp == $0.stamp }
        deadlines = heap
    }

    private mutating func bury(_ tombstone: Tombstone) {
        let number = tombstones.append(tombstone)
        places.set(-1 - Int64(number), for: tombstone.id, hash: tombstone.hash)
    }

    /// Forgets a few tombstones and changes that are past their retention.
    @inline(__always)
    private mutating func forgetOld(at time: Timestamp) {
        let (limit, overflow) = time.microsecondsSinceEpoch.subtractingReportingOverflow(retention)
        guard !overflow else { return }
        for _ in 0..<Self.forgettingBatch {
            guard let oldest = tombstones.first, oldest.endedAt < limit else { break }
            places.remove(oldest.id, hash: oldest.hash)
            tombstones.removeFirst()
        }
        for _ in 0..<Self.forgettingBatch {
            guard let oldest = changes.first, oldest.time < limit else { break }
            changePlaces.remove(oldest.id, hash: oldest.hash)
            changes.removeFirst()
        }
    }

    /// The ids of the open reservations after `id`.
    func openIDs(after id: UInt128?) -> [UInt128] {
        let free = Set(freeSlots)
        return holds.indices.lazy.filter { !free.contains(Int32($0)) }.map { holds[$0].id }
            .filter { bits in id.map { bits > $0 } ?? true }
    }

    // MARK: Changes

    func change(_ id: UInt128, hash: UInt64) -> KnownChange? {
        changePlaces.value(of: id, hash: hash).flatMap { changes[UInt64($0)] }
    }

    mutating func remember(_ change: KnownChange) {
        let number = changes.append(change)
        changePlaces.set(Int64(number), for: change.id, hash: change.hash)
        forgetOld(at: Timestamp(microsecondsSinceEpoch: change.time))
    }
}
