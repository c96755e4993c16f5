import MarketplaceStorage

/// Events in feed order, from which single ones can be removed.
struct EventLog {
    private var events: [RecordedEventBox?] = []
    /// The position of each entry, which outlives the event so that places can still be found.
    private var positions: [UInt64] = []
    private var holes = 0

    /// How many entries there are, removed ones included.
    var endIndex: Int { positions.count }

    mutating func append(_ event: RecordedEventBox) {
        events.append(event)
        positions.append(event.event.position.minor)
    }

    /// The index of the first entry after `position`.
    func firstIndex(after position: UInt64) -> Int {
        var low = 0
        var high = positions.count
        while low < high {
            let middle = low + (high - low) / 2
            if positions[middle] > position { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The entry at an index; nil when it was removed.
    func event(at index: Int) -> RecordedEventBox? { events[index] }

    /// The position of the entry at an index.
    func position(at index: Int) -> UInt64 { positions[index] }

    /// Removes the event at `position`.
    ///
    /// Entries are closed up once half of them are holes.
    mutating func remove(at position: UInt64) {
        guard position > 0 else { return }
        let index = firstIndex(after: position - 1)
        guard index < positions.count, positions[index] == position, events[index] != nil else { return }
        events[index] = nil
        holes += 1
        if holes > positions.count / 2 { closeUp() }
    }

    private mutating func closeUp() {
        var kept: [RecordedEventBox?] = []
        var keptPositions: [UInt64] = []
        kept.reserveCapacity(positions.count - holes)
        keptPositions.reserveCapacity(positions.count - holes)
        for (event, position) in zip(events, positions) where event != nil {
            kept.append(event)
            keptPositions.append(position)
        }
        events = kept
        positions = keptPositions
        holes = 0
    }
}

/// A recorded event that its stream and the feed share.
final class RecordedEventBox: Sendable {
    let event: RecordedEvent

    init(_ event: RecordedEvent) {
        self.event = event
    }
}
