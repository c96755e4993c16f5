import MarketplaceCore
import MarketplaceStorage

extension StoreLaws {
    /// The feed is read in pages of any size with nothing missing and nothing twice.
    public static let feedIsPaged = StoreLaw(
        "feed.paging",
        "With pages of any size, and from any event on, every filter gives its events with none missing or twice."
    ) { probe in
        try await fill(probe)
        for filter in filters {
            let all = try await probe.feed(filter)
            let whole = all.map(\.id)
            for limit in 1...(all.count + 2) {
                let paged = try await probe.feed(filter, limit: limit).map(\.id)
                try LawBreach.unlessEqual(paged, whole, "\(filter.summary) in pages of \(limit)")
            }
            for (index, event) in all.enumerated() {
                let rest = try await probe.feed(filter, after: event.position, limit: 2).map(\.id)
                try LawBreach.unlessEqual(rest, Array(whole[(index + 1)...]), "what follows after \(event.position)")
            }
        }
    }

    /// A filter lets through the events of its categories and names, and only these.
    public static let feedIsFiltered = StoreLaw(
        "feed.filter",
        "A filter lets through exactly the events of its categories and names, both compared as bytes."
    ) { probe in
        try await fill(probe)
        let streams: [StreamID] = scene.map { $0.0 }
        var recorded: [RecordedEvent] = []
        for stream in Set(streams) { recorded += try await probe.events(in: stream) }
        recorded.sort { $0.position < $1.position }
        for filter in filters {
            let expected = recorded.filter { filter.matches($0) }.map(\.id)
            let found = try await probe.feed(filter).map(\.id)
            try LawBreach.unlessEqual(found, expected, "the events of \(filter.summary)")
        }
    }

    /// Journals are read only by who names their category.
    public static let journalsStayOutside = StoreLaw(
        "feed.journals",
        "The events of journals are on the feed only for who names their category."
    ) { probe in
        try await fill(probe)
        let all = try await probe.feed().filter(\.stream.category.isJournal)
        try LawBreach.unlessEqual(all.count, 0, "how many events of journals pass the default filter")
        let named = try await probe.feed(.names(["First"])).filter(\.stream.category.isJournal)
        try LawBreach.unlessEqual(named.count, 0, "how many events of journals pass a filter of names")
        let journals = try await probe.feed(.categories(["$journal"]))
        try LawBreach.unlessEqual(journals.count, 4, "how many events of journals pass a filter of their category")
    }

    /// The feed keeps the order of each stream and of commits that follow one another.
    public static let feedKeepsOrder = StoreLaw(
        "feed.order",
        "On the feed the events of a stream come in their order, and those of a commit after those of commits that "
            + "had ended before it began."
    ) { probe in
        var receipts: [CommitReceipt] = []
        for round in 0..<12 {
            receipts.append(
                try await probe.commit { transaction in
                    for key: TextKey<StreamSubject> in round.isMultiple(of: 2) ? ["z", "a"] : ["a", "m", "z"] {
                        transaction.append(probe.drafts(2), to: StreamID("law", key), expecting: .any)
                    }
                }
            )
        }
        let events = try await probe.feed(limit: 5)
        let transactions = events.map(\.transaction)
        let order = transactions.enumerated().filter { $0.offset == 0 || transactions[$0.offset - 1] != $0.element }
        try LawBreach.unlessEqual(order.map(\.element), receipts.map(\.transaction), "the order of the commits")
        for key: TextKey<StreamSubject> in ["a", "m", "z"] {
            let versions = events.filter { $0.stream.key == key }.map { Int($0.version.value) }
            try LawBreach.unlessEqual(versions, Array(1...versions.count), "the versions of stream \(key)")
        }
    }

    /// A reader is told how far the feed was scanned, and whether that was all.
    public static let feedTellsHowFarItScanned = StoreLaw(
        "feed.scanned",
        "A page says how far it scanned: events that do not match are not scanned twice, and who has caught up finds "
            + "nothing behind that position until something is committed."
    ) { probe in
        let empty = try await probe.feedPage(.all, after: .start, limit: 1)
        try LawBreach.unless(empty.isCaughtUp && empty.events.isEmpty, "an empty feed, caught up", found: "\(empty)")
        let receipt = try await probe.append(5, "Other", to: StreamID("law", "a"))
        let deadline = ContinuousClock.now + feedPatience
        var slice = try await probe.feedPage(.names(["Wanted"]), after: empty.position, limit: 1)
        while !slice.isCaughtUp || slice.position < receipt.position {
            if slice.isCaughtUp { try await probe.waitForFeed(from: slice.position, until: deadline) }
            slice = try await probe.feedPage(.names(["Wanted"]), after: slice.position, limit: 1)
        }
        let nothing = try await probe.feed(after: slice.position)
        try LawBreach.unlessEqual(nothing, [], "what follows for who has caught up")
        try await probe.append(2, "Wanted", to: StreamID("law", "b"))
        _ = try await probe.feed(after: slice.position)
        let first = try await probe.feedPage(.names(["Wanted"]), after: slice.position, limit: 1)
        try LawBreach.unlessEqual(first.events.map(\.version), [.first], "the events of the first page")
        try LawBreach.unless(!first.isCaughtUp, "not caught up, for there is another event", found: "caught up")
        let rest = try await probe.feed(.names(["Wanted"]), after: first.position)
        try LawBreach.unlessEqual(rest.map(\.version.value), [2], "the events of the rest")
    }

    /// Trimmed events are no longer on the feed, and all others are.
    public static let feedForgetsTrimmedEvents = StoreLaw(
        "feed.trimmed",
        "Trimmed events are no longer on the feed; all others still are, in pages of any size."
    ) { probe in
        for round in 1...6 {
            try await probe.append(4, to: StreamID("law", "a"))
            try await probe.append(1, to: StreamID("law", "b"))
            try await probe.append(4, to: StreamID("$law", "a"))
            try await probe.commit { transaction in
                transaction.trim(.before(StreamVersion(Int64(round) * 4), of: StreamID("law", "a")))
                transaction.trim(.before(StreamVersion(Int64(round) * 4), of: StreamID("$law", "a")))
            }
            for limit in 1...4 {
                let business = try await probe.feed(limit: limit).map { "\($0.stream.key)\($0.version)" }
                let expected = (1..<round).map { "b\($0)" } + ["a\(round * 4)", "b\(round)"]
                try LawBreach.unlessEqual(business, expected, "the events of the feed in pages of \(limit)")
                let both = try await probe.feed(.categories(["law", "$law"]), limit: limit)
                try LawBreach.unlessEqual(both.count, round + 2, "how many events there are with journals")
            }
        }
    }

    /// Positions are never given out twice, not even those of events that are gone.
    public static let positionsAreNotReused = StoreLaw(
        "feed.positions-not-reused",
        "Positions rise across trims of the last events too: who had read to the end finds what comes afterwards."
    ) { probe in
        let (stream, journal) = (StreamID("law", "a"), StreamID("$law", "a"))
        var position = FeedPosition.start
        for round in 1...6 {
            let receipt = try await probe.commit { transaction in
                transaction.append(probe.drafts(round), to: stream, expecting: .any)
                transaction.append(probe.drafts(1), to: journal, expecting: .any)
            }
            let seen = try await probe.feed(.categories(["law", "$law"]), after: position)
            try LawBreach.unlessEqual(seen.count, round + 1, "how many new events the reader finds")
            try LawBreach.unless(
                receipt.position > position,
                "a position after \(position)",
                found: "\(receipt.position)"
            )
            position = seen.map(\.position).max() ?? position
            try await probe.commit { transaction in
                let last = receipt.versions[0].advanced(by: 1)
                transaction.trim(round.isMultiple(of: 2) ? .whole(stream) : .before(last, of: stream))
                transaction.trim(.whole(journal))
            }
        }
    }

    /// Three writers in every order leave a feed that keeps its promises.
    public static let interleavingsKeepTheFeed = StoreLaw(
        "feed.interleavings",
        "In all 90 orders in which three writers begin and finish, a reader who looks after every step finds each event "
            + "once, none late, streams in their order, causes before effects, and is told honestly that it caught up."
    ) { probe in
        var interleaving = FeedInterleaving(probe)
        try await interleaving.runAll()
    }

    /// A reader that pages while others write finds every event.
    public static let feedHasNoLateArrivals = StoreLaw(
        "feed.no-late-arrivals",
        "A reader that pages along while others write finds every event, in the order every later reader finds: none "
            + "appears at or before a position it was told."
    ) { probe in
        let (writers, rounds) = (4, 40)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<writers {
                group.addTask {
                    for round in 0..<rounds {
                        try await probe.commit { transaction in
                            let own = StreamID("law", TextKey(EventID(bits: UInt128(writer))))
                            transaction.append(probe.drafts(1 + round % 3), to: own, expecting: .any)
                            guard round.isMultiple(of: 3) else { return }
                            transaction.append(probe.drafts(1), to: StreamID("law", "shared"), expecting: .any)
                        }
                    }
                }
            }
            let total = writers * (0..<rounds).reduce(0) { $0 + 1 + $1 % 3 + ($1.isMultiple(of: 3) ? 1 : 0) }
            for limit in [1, 7] {
                group.addTask {
                    let seen = try await follow(probe, until: total, limit: limit)
                    let all = try await probe.feed()
                    try LawBreach.unless(
                        seen == all.map(\.id),
                        "the \(all.count) events of the feed, in its order",
                        found: "\(seen.count) events, \(Set(all.map(\.id)).subtracting(seen).count) of them missed"
                    )
                }
            }
            try await group.waitForAll()
        }
    }

    /// Pages along until `total` events were seen, or nothing more comes for long.
    private static func follow(_ probe: StoreProbe, until total: Int, limit: Int) async throws -> [EventID] {
        var seen: [EventID] = []
        var position = FeedPosition.start
        var barren = 0
        // An event that was passed over never comes: the bound ends the wait for it.
        while seen.count < total, barren < 20_000 {
            let slice = try await probe.feedPage(.all, after: position, limit: limit)
            barren = slice.events.isEmpty ? barren + 1 : 0
            seen += slice.events.map(\.id)
            position = slice.position
            if slice.events.isEmpty { await Task.yield() }
        }
        return seen
    }

    private static let filters: [EventFilter] = [
        .all, .categories(["one"]), .categories(["two", "$journal"]), .categories(["$journal"]), .categories([]),
        .categories(["unknown"]), .names(["First"]), .names(["First", "Second"]), .names([]),
        .categories(["one", "$journal"]).named(["Second"]), .names(["\u{e9}"]), .names(["e\u{301}"]),
    ]

    private static let scene: [(StreamID, String)] = [
        (StreamID("one", "a"), "First"), (StreamID("$journal", "a"), "First"), (StreamID("two", "a"), "First"),
        (StreamID("one", "b"), "Second"), (StreamID("$journal", "a"), "Second"), (StreamID("one", "a"), "Third"),
        (StreamID("two", "b"), "Second"), (StreamID("$journal", "b"), "First"), (StreamID("$journal", "a"), "Third"),
        (StreamID("one", "b"), "First"), (StreamID("one", "b"), "\u{e9}"), (StreamID("one", "b"), "e\u{301}"),
    ]

    /// Commits the scene, several events at once, so that pages begin and end within transactions too.
    private static func fill(_ probe: StoreProbe) async throws {
        var rest = scene[...]
        for count in [1, 3, 2, 4] {
            try await probe.commit { transaction in
                for (stream, name) in rest.prefix(count) {
                    transaction.append(probe.drafts(1, name), to: stream, expecting: .any)
                }
            }
            rest = rest.dropFirst(count)
        }
    }
}
