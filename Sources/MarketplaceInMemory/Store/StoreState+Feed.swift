import MarketplaceCore
import MarketplaceStorage

extension StoreState {
    /// The most entries one read of the feed scans under the lock; a reader whose filter passes few reads on from
    /// the position it is told.
    static var scanLimit: Int { 20_000 }

    func events(in stream: StreamID, from version: StreamVersion, limit: Int) -> [RecordedEvent] {
        guard let stream = streams[stream], let first = stream.events.first?.event.version else { return [] }
        // Compared before it is subtracted: any number at all can be asked for.
        let skipped = version > first ? version.value - first.value : 0
        guard skipped < Int64(stream.events.count) else { return [] }
        return stream.events.dropFirst(Int(skipped)).prefix(limit).map(\.event)
    }

    func events(after position: FeedPosition, matching filter: EventFilter, limit: Int) -> FeedSlice {
        let logs = self.logs(for: filter)
        // Every position given out here has a major number of 0; one with another lies behind all of them.
        let start = position.major == 0 ? position.minor : .max
        var places = logs.map { $0.firstIndex(after: start) }
        var events: [RecordedEvent] = []
        var scanned = position
        for _ in 0..<Self.scanLimit {
            guard let next = Self.earliest(of: logs, at: places) else {
                return FeedSlice(events: events, position: Swift.max(head, position), isCaughtUp: true)
            }
            guard events.count < limit else { break }
            scanned = FeedPosition(minor: logs[next].position(at: places[next]))
            if let event = logs[next].event(at: places[next])?.event, filter.matches(event) { events.append(event) }
            places[next] += 1
        }
        return FeedSlice(events: events, position: scanned, isCaughtUp: false)
    }

    private func logs(for filter: EventFilter) -> [EventLog] {
        guard let categories = filter.categories else { return [businessEvents] }
        var logs: [EventLog] = []
        if categories.contains(where: { !$0.isJournal }) { logs.append(businessEvents) }
        if categories.contains(where: \.isJournal) { logs.append(journalEvents) }
        return logs
    }

    /// Which log has the entry that comes next in feed order.
    private static func earliest(of logs: [EventLog], at places: [Int]) -> Int? {
        var earliest: Int?
        for index in logs.indices where places[index] < logs[index].endIndex {
            guard let best = earliest else {
                earliest = index
                continue
            }
            if logs[index].position(at: places[index]) < logs[best].position(at: places[best]) { earliest = index }
        }
        return earliest
    }
}
