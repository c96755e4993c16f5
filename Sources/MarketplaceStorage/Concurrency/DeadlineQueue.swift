/// Deadlines, the earliest first: a binary heap.
struct DeadlineQueue {
    /// One deadline and what it is for.
    struct Entry {
        let deadline: Duration
        let number: UInt64
    }

    private var entries: [Entry] = []

    /// How many there are.
    var count: Int { entries.count }

    /// The earliest.
    var first: Entry? { entries.first }

    /// Takes one in.
    ///
    /// - Complexity: O(log n), and constant for a deadline after all others.
    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var place = entries.count - 1
        while place > 0 {
            let parent = (place - 1) / 2
            guard entries[place].deadline < entries[parent].deadline else { return }
            entries.swapAt(place, parent)
            place = parent
        }
    }

    /// Removes the earliest, if there is one.
    ///
    /// - Complexity: O(log n).
    mutating func removeFirst() {
        guard let last = entries.popLast(), !entries.isEmpty else { return }
        entries[0] = last
        sink(0)
    }

    /// Removes all that do not satisfy `predicate`.
    ///
    /// - Complexity: O(n).
    mutating func keep(_ predicate: (Entry) -> Bool) {
        entries.removeAll { !predicate($0) }
        for place in stride(from: entries.count / 2 - 1, through: 0, by: -1) { sink(place) }
    }

    private mutating func sink(_ start: Int) {
        var place = start
        while true {
            var earliest = place
            for child in [2 * place + 1, 2 * place + 2] where child < entries.count {
                if entries[child].deadline < entries[earliest].deadline { earliest = child }
            }
            guard earliest != place else { return }
            entries.swapAt(place, earliest)
            place = earliest
        }
    }
}
