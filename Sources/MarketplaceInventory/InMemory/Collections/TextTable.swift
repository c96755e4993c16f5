import MarketplaceCore

/// A table from texts, compared as bytes, to numbers; whoever looks something up brings the hash along.
///
/// Open addressing with linear probing, at most three quarters full, one entry next to its hash: a lookup usually
/// reads one cache line, and growing hashes nothing again.
struct TextTable: Sendable {
    private struct Entry {
        var hash: UInt64
        var text: String
        var value: Int64
    }

    // A hash of 0 marks a free place: no key has it, see `HashSeed`. So a search touches a text only to confirm it.
    private var entries: [Entry] = []
    private(set) var count = 0

    private var mask: Int { entries.count &- 1 }

    @inline(__always)
    private func find(_ text: String, hash: UInt64) -> (place: Int, isPresent: Bool) {
        var place = Int(truncatingIfNeeded: hash) & mask
        while true {
            let found = entries[place].hash
            if found == 0 { return (place, false) }
            if found == hash, entries[place].text.isBytewiseEqual(to: text) { return (place, true) }
            place = (place &+ 1) & mask
        }
    }

    /// The value of a text, or nil.
    @inline(__always)
    func value(of text: String, hash: UInt64) -> Int64? {
        guard count > 0 else { return nil }
        let (place, isPresent) = find(text, hash: hash)
        return isPresent ? entries[place].value : nil
    }

    /// Adds to the value of a text, which is 0 when it is not there; a value of 0 is taken out.
    @inline(__always)
    mutating func add(_ delta: Int64, to text: String, hash: UInt64) {
        reserveOne()
        let (place, isPresent) = find(text, hash: hash)
        if isPresent {
            entries[place].value += delta
            if entries[place].value == 0 { remove(at: place) }
        } else if delta != 0 {
            entries[place] = Entry(hash: hash, text: text, value: delta)
            count += 1
        }
    }

    /// Sets the value of a text that is not there yet.
    mutating func insert(_ value: Int64, for text: String, hash: UInt64) {
        reserveOne()
        let (place, _) = find(text, hash: hash)
        entries[place] = Entry(hash: hash, text: text, value: value)
        count += 1
    }

    @inline(__always)
    private mutating func reserveOne() {
        if (count &+ 1) &* 4 > entries.count &* 3 { grow() }
    }

    @inline(never)
    private mutating func grow() {
        let old = entries
        entries = Array(repeating: Entry(hash: 0, text: "", value: 0), count: max(8, old.count * 2))
        for entry in old where entry.hash != 0 {
            var place = Int(truncatingIfNeeded: entry.hash) & mask
            while entries[place].hash != 0 { place = (place &+ 1) & mask }
            entries[place] = entry
        }
    }

    /// Closes the gap by moving back whatever would no longer be found behind it (Knuth, TAOCP 6.4, algorithm R).
    private mutating func remove(at place: Int) {
        var gap = place
        var next = place
        while true {
            next = (next &+ 1) & mask
            if entries[next].hash == 0 { break }
            let home = Int(truncatingIfNeeded: entries[next].hash) & mask
            if (next &- home) & mask >= (next &- gap) & mask {
                entries[gap] = entries[next]
                gap = next
            }
        }
        entries[gap] = Entry(hash: 0, text: "", value: 0)
        count -= 1
    }
}
