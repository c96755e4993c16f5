/// One number of all documents, by slot: a scan of a million takes about a millisecond.
struct NumberColumn {
    private var values: [Int64] = []
    private var present = SlotSet()

    /// The number of the document in that slot, if it has one.
    func value(_ slot: Int) -> Int64? {
        present.contains(slot) ? values[slot] : nil
    }

    mutating func set(_ value: Int64, for slot: Int) {
        if slot >= values.count { values += repeatElement(0, count: slot + 1 - values.count) }
        values[slot] = value
        present.insert(slot)
    }

    mutating func remove(_ slot: Int) {
        present.remove(slot)
    }

    var isEmpty: Bool { present.count == 0 }
}
