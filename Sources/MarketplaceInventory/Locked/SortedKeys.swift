/// Keys in ascending order, each once: an index of ``InMemoryStockTable``.
struct SortedKeys<Key: Comparable> {
    private(set) var elements: [Key] = []

    /// Adds a key; O(n), because those after it move.
    mutating func insert(_ key: Key) {
        let index = firstIndex { !($0 < key) }
        if index < elements.count, elements[index] == key { return }
        elements.insert(key, at: index)
    }

    /// Removes a key, if it is there; O(n).
    mutating func remove(_ key: Key) {
        let index = firstIndex { !($0 < key) }
        guard index < elements.count, elements[index] == key else { return }
        elements.remove(at: index)
    }

    /// The index of the first key that is greater than `key`; O(log n).
    func index(after key: Key) -> Int {
        firstIndex { key < $0 }
    }

    /// The first index whose key is among the last ones, all of which satisfy `isLast`.
    private func firstIndex(where isLast: (Key) -> Bool) -> Int {
        var (low, high) = (0, elements.count)
        while low < high {
            let middle = (low + high) / 2
            if isLast(elements[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
