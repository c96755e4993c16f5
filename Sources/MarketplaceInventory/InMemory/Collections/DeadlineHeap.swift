/// A binary min-heap of deadlines.
///
/// Entries are not taken out when they no longer count: they are found stale when they come up, and swept out when they
/// are more than half.
struct DeadlineHeap: Sendable {
    struct Entry: Sendable {
        let deadline: Int64
        let slot: Int32
        /// Tells this use of the slot from others.
        let stamp: UInt32
    }

    private var entries: [Entry] = []
    private var staleCount = 0

    /// The entry with the earliest deadline; it may be stale.
    var first: Entry? { entries.first }

    @inline(__always)
    mutating func push(_ entry: Entry) {
        entries.append(entry)
        siftUp(from: entries.count - 1)
    }

    /// Takes out the entry with the earliest deadline.
    mutating func removeFirst() {
        guard let last = entries.popLast(), !entries.isEmpty else { return }
        entries[0] = last
        siftDown(from: 0)
    }

    /// Notes that one entry became stale; true when it is time for ``compact(keeping:)``.
    @inline(__always)
    mutating func noteStale() -> Bool {
        staleCount += 1
        return staleCount > 64 && staleCount * 2 > entries.count
    }

    /// Notes that a stale entry was taken out.
    mutating func noteStaleRemoved() { staleCount -= 1 }

    /// Throws out the stale entries and builds the heap anew, in linear time.
    @inline(never)
    mutating func compact(keeping isLive: (Entry) -> Bool) {
        entries.removeAll { !isLive($0) }
        staleCount = 0
        var index = entries.count / 2
        while index > 0 {
            index -= 1
            siftDown(from: index)
        }
    }

    @inline(__always)
    private mutating func siftUp(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child].deadline < entries[parent].deadline else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown(from start: Int) {
        var parent = start
        while true {
            var child = parent * 2 + 1
            guard child < entries.count else { return }
            if child + 1 < entries.count, entries[child + 1].deadline < entries[child].deadline { child += 1 }
            guard entries[child].deadline < entries[parent].deadline else { return }
            entries.swapAt(child, parent)
            parent = child
        }
    }
}
