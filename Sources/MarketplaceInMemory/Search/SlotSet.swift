/// A set of small numbers, a bit for each: two of a million are intersected in microseconds.
struct SlotSet {
    private var words: [UInt64] = []
    private(set) var count = 0

    func contains(_ slot: Int) -> Bool {
        let word = slot >> 6
        return word < words.count && words[word] & (1 << UInt64(slot & 63)) != 0
    }

    mutating func insert(_ slot: Int) {
        let word = slot >> 6
        if word >= words.count { words += repeatElement(0, count: word + 1 - words.count) }
        let bit: UInt64 = 1 << UInt64(slot & 63)
        guard words[word] & bit == 0 else { return }
        words[word] |= bit
        count += 1
    }

    mutating func remove(_ slot: Int) {
        guard contains(slot) else { return }
        words[slot >> 6] &= ~(1 << UInt64(slot & 63))
        count -= 1
    }

    /// Makes room, so that numbers below `capacity` are inserted without growing.
    mutating func reserve(_ capacity: Int) {
        let needed = (capacity + 63) >> 6
        if needed > words.count { words += repeatElement(0, count: needed - words.count) }
    }

    /// Calls `body` with each number, in ascending order.
    func forEach(_ body: (Int) -> Void) {
        for index in words.indices {
            var rest = words[index]
            while rest != 0 {
                body(index << 6 + rest.trailingZeroBitCount)
                rest &= rest - 1
            }
        }
    }
}
