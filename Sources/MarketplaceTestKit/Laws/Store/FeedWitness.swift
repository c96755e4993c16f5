import MarketplaceCore
import MarketplaceStorage

/// A reader who pages along the feed while others write, remembers all it saw, and checks what the feed promises.
///
/// Of streams that nobody trims it knows without being told that something was passed over: their versions rise by 1.
struct FeedWitness {
    private let probe: StoreProbe
    /// How far it has scanned.
    private(set) var position = FeedPosition.start
    /// The ids of the events, by where they came.
    private(set) var places: [EventID: Int] = [:]
    private var versions: [StreamID: StreamVersion] = [:]

    init(_ probe: StoreProbe) {
        self.probe = probe
    }

    /// Reads in pages of `limit` until it is told that it has caught up.
    mutating func look(limit: Int) async throws {
        let ahead = try await probe.feedPage(.all, after: position, limit: StoreLimits.pageSize)
        var seen: [EventID] = []
        while true {
            let slice = try await probe.feedPage(.all, after: position, limit: limit)
            for event in slice.events { try note(event) }
            seen += slice.events.map(\.id)
            let isHonest = slice.isCaughtUp || slice.position > position
            try LawBreach.unless(isHonest, "a page that is not caught up moves on", found: "it stays at \(position)")
            position = slice.position
            if slice.isCaughtUp { break }
        }
        let common = zip(ahead.events, seen).prefix { $0.id == $1 }.count
        try LawBreach.unless(
            common == ahead.events.count,
            "first the \(ahead.events.count) events that another reader had found there, in the same order",
            found: "\(common) of them, \(seen.count) events in all, and then caught up at \(position)"
        )
    }

    /// Reads until all that was acknowledged lies behind it.
    mutating func catchUp(limit: Int) async throws {
        let deadline = ContinuousClock.now + StoreLaws.feedPatience
        try await look(limit: limit)
        while position < probe.acknowledged {
            try await probe.waitForFeed(from: position, until: deadline)
            try await look(limit: limit)
        }
    }

    /// Demands that what a receipt places behind the reader was seen by it.
    func demandSeen(_ events: [EventID], of receipt: CommitReceipt) throws {
        guard receipt.position <= position else { return }
        let missing = events.filter { places[$0] == nil }
        try LawBreach.unless(
            missing.isEmpty,
            "every event of transaction \(receipt.transaction), for its position \(receipt.position) was scanned",
            found: "\(missing.count) of \(events.count) not seen by who has scanned to \(position)"
        )
    }

    private mutating func note(_ event: RecordedEvent) throws {
        try LawBreach.unless(
            places.updateValue(places.count, forKey: event.id) == nil,
            "every event once",
            found: "\(event.stream)@\(event.version) a second time, at \(event.position)"
        )
        let next = (versions.updateValue(event.version, forKey: event.stream) ?? .none).advanced(by: 1)
        try LawBreach.unlessEqual(event.version, next, "the version of \(event.stream) that comes next")
    }
}
