/// A table from 128-bit ids to numbers; whoever looks something up brings the hash along.
///
/// Open addressing with linear probing, at most three quarters full.
struct IdentifierTable: Sendable {
    private struct Entry {
        var bits: UInt128
        var hash: UInt64
        var value: Int64
    }

    /// Marks a free place; no value of the table.
    private static let free = Int64.min

    private var entries: [Entry] = []
    private(set) var count = 0

    private var mask: Int { entries.count &- 1 }

    @inline(__always)
    private func find(_ bits: UInt128, hash: UInt64) -> (place: Int, isPresent: Bool) {
        var place = Int(truncatingIfNeeded: hash) & mask
        while true {
            if entries[place].value == Self.free { return (place, false) }
            if entries[place].bits == bits { return (place, true) }
            place = (place &+ 1) & mask
        }
    }

    /// The value of an id, or nil.
    @inline(__always)
    func value(of bits: UInt128, hash: UInt64) -> Int64? {
        guard count > 0 else { return nil }
        let (place, isPresent) = find(bits, hash: hash)
        return isPresent ? entries[place].value : nil
    }

    /// Sets the value of an id, in place of one it may have.
    @inline(__always)
    mutating func set(_ value: Int64, for bits: UInt128, hash: UInt64) {
        if (count &+ 1) &* 4 > entries.count &* 3 { grow() }
        let (place, isPresent) = find(bits, hash: hash)
        entries[place] = Entry(bits: bits, hash: hash, value: value)
        if !isPresent { count += 1 }
    }

    /// Takes an id out; nothing when it is not there.
    mutating func remove(_ bits: UInt128, hash: UInt64) {
        guard count > 0 else { return }
        let (place, isPresent) = find(bits, hash: hash)
        guard isPresent else { return }
        // Closes the gap by moving back whatever would no longer be found behind it (Knuth, TAOCP 6.4, algorithm R).
        var gap = place
        var next = place
        while true {
            next = (next &+ 1) & mask
            if entries[next].value == Self.free { break }
            let home = Int(truncatingIfNeeded: entries[next].hash) & mask
            if (next &- home) & mask >= (next &- gap) & mask {
                entries[gap] = entries[next]
                gap = next
            }
        }
        entries[gap].value = Self.free
        count -= 1
    }

    @inline(never)
    private mutating func grow() {
        let old = entries
        let blank = Entry(bits: 0, hash: 0, value: Self.free)
        entries = Array(repeating: blank, count: max(8, old.count * 2))
        for entry in old where entry.value != Self.free {
            var place = Int(truncatingIfNeeded: entry.hash) & mask
            while entries[place].value != Self.free { place = (place &+ 1) & mask }
            entries[place] = entry
        }
    }
}
