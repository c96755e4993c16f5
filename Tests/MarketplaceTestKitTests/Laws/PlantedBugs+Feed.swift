import MarketplaceCore
import MarketplaceTestKit

@testable import MarketplaceStorage

extension PlantedBugs {
    static let streams: [PlantedBug<any Store>] = [
        PlantedBug(StoreLaws.eventsComeBackWhole, "headers are not stored") {
            changingDrafts { draft in
                EventDraft(
                    id: draft.id,
                    name: draft.name,
                    schemaVersion: draft.schemaVersion,
                    payload: draft.payload,
                    command: draft.command,
                    commandDigest: draft.commandDigest,
                    headers: ContextHeaders()
                )
            }
        },
        PlantedBug(StoreLaws.eventsComeBackWhole, "what tells commands from one another is not stored") {
            changingDrafts { draft in
                EventDraft(
                    id: draft.id,
                    name: draft.name,
                    schemaVersion: draft.schemaVersion,
                    payload: draft.payload,
                    command: draft.command,
                    headers: draft.headers
                )
            }
        },
        PlantedBug(StoreLaws.eventsComeBackWhole, "times are kept to the millisecond") {
            AlteredStore.rewriting { transaction in
                let time = transaction.time.microsecondsSinceEpoch / 1_000 * 1_000
                return transaction.changing(time: Timestamp(microsecondsSinceEpoch: time))
            }
        },
        PlantedBug(StoreLaws.streamsArePaged, "a page begins after its version") {
            changingStreamReads { version in version > .first ? version.advanced(by: 1) : version }
        },
        PlantedBug(StoreLaws.extremeVersionsAreHarmless, "a negative version counts from the end") {
            changingStreamReads { version in version < .none ? StreamVersion(3) : version }
        },
        PlantedBug(StoreLaws.trimmedStreamsKeepTheirVersion, "a stream without events has no version") {
            AlteredStore.rewriting { transaction in
                transaction.changing { parts in
                    parts.trims = parts.trims.map { trim in
                        guard case .before(let version, let stream) = trim, version.value > 6 else { return trim }
                        return .whole(stream)
                    }
                }
            }
        },
        PlantedBug(StoreLaws.trimmedStreamsKeepTheirVersion, "the version of the trim goes too") {
            AlteredStore.rewriting { transaction in
                transaction.changing { parts in
                    parts.trims = parts.trims.map { trim in
                        guard case .before(let version, let stream) = trim else { return trim }
                        return .before(version.advanced(by: 1), of: stream)
                    }
                }
            }
        },
        PlantedBug(StoreLaws.trimmedStreamsBeginAgain, "a stream that is trimmed away keeps its version") {
            AlteredStore.rewriting { transaction in
                transaction.changing { parts in
                    parts.trims = parts.trims.map { .before(StreamVersion(.max), of: $0.stream) }
                }
            }
        },
        PlantedBug(StoreLaws.concurrentAppendsLoseNothing, "the version is checked before the append") {
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                for append in transaction.appends {
                    guard case .exactly(let expected) = append.expected else { continue }
                    let events = try await base.events(in: append.stream, from: .first, limit: StoreLimits.pageSize)
                    let actual = events.last?.version ?? .none
                    guard actual == expected else {
                        throw .conflict(.streamVersion(append.stream, expected: expected, actual: actual))
                    }
                }
                await Task.yield()
                return try await base.commit(
                    transaction.changing { parts in
                        parts.appends = parts.appends.map {
                            StreamAppend(stream: $0.stream, expected: .any, events: $0.events)
                        }
                    }
                )
            }
            return store
        },
        PlantedBug(StoreLaws.concurrentAppendsLoseNothing, "an append is acknowledged and lost") {
            let count = Shared(0)
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                let isLost = count.withLock { count in
                    count += 1
                    return count == 20
                }
                guard isLost, case .exactly(let expected)? = transaction.appends.first?.expected else {
                    return try await base.commit(transaction)
                }
                let empty = try await base.commit(Transaction(id: transaction.id, time: transaction.time))
                return empty.changing(versions: [expected.advanced(by: 1)])
            }
            return store
        },
    ]

    static let feed: [PlantedBug<any Store>] = [
        PlantedBug(StoreLaws.feedIsPaged, "the last event of a full page is lost") {
            AlteredStore.changingPages { slice, _, _ in
                guard !slice.isCaughtUp, slice.events.count > 1 else { return slice }
                return slice.changing(events: slice.events.dropLast())
            }
        },
        PlantedBug(StoreLaws.feedIsPaged, "a page begins with the event at its position") {
            var store = AlteredStore()
            store.onFeedRead = { (position, filter, limit, base) async throws(StoreError) in
                let from = FeedPosition(minor: position.minor > 0 ? position.minor - 1 : 0)
                return try await base.events(after: from, matching: filter, limit: limit)
            }
            return store
        },
        PlantedBug(StoreLaws.feedIsFiltered, "names do not count where there are categories") {
            var store = AlteredStore()
            store.onFeedRead = { (position, filter, limit, base) async throws(StoreError) in
                let wide = filter.categories.map { EventFilter.categories($0) } ?? filter
                return try await base.events(after: position, matching: wide, limit: limit)
            }
            return store
        },
        PlantedBug(StoreLaws.feedIsFiltered, "a filter of nothing is a filter of everything") {
            var store = AlteredStore()
            store.onFeedRead = { (position, filter, limit, base) async throws(StoreError) in
                try await base.events(after: position, matching: filter.names == [] ? .all : filter, limit: limit)
            }
            return store
        },
        PlantedBug(StoreLaws.journalsStayOutside, "journals are business") {
            AlteredStore.rewriting { transaction in
                transaction.changing { parts in
                    parts.appends = parts.appends.map { append in
                        let name = append.stream.category.text.drop { $0 == "$" }
                        let stream = StreamID(TextKey(unchecked: String(name)), append.stream.key)
                        return StreamAppend(stream: stream, expected: append.expected, events: append.events)
                    }
                }
            }
        },
        PlantedBug(StoreLaws.feedKeepsOrder, "every second commit reaches the feed after the next one") {
            let held = Shared<Transaction?>(nil)
            var store = AlteredStore()
            store.onCommit = { (transaction, base) async throws(StoreError) in
                let (isHeld, earlier) = held.withLock { held in
                    defer { held = held == nil ? transaction : nil }
                    return (held == nil, held)
                }
                if isHeld {
                    return CommitReceipt(
                        transaction: transaction.id,
                        position: .start,
                        versions: [],
                        revisions: [],
                        counters: []
                    )
                }
                let receipt = try await base.commit(transaction)
                if let earlier { _ = try await base.commit(earlier) }
                return receipt
            }
            return store
        },
        PlantedBug(StoreLaws.feedTellsHowFarItScanned, "a page without events does not move on") {
            AlteredStore.changingPages { slice, position, _ in
                slice.changing(position: slice.events.last?.position ?? position)
            }
        },
        PlantedBug(StoreLaws.feedTellsHowFarItScanned, "a reader is caught up when its page is full") {
            AlteredStore.changingPages { slice, _, _ in
                FeedSlice(events: slice.events, position: slice.position, isCaughtUp: true)
            }
        },
        PlantedBug(StoreLaws.feedForgetsTrimmedEvents, "trims leave the feed as it was") {
            AlteredStore.rewriting { $0.changing { $0.trims = [] } }
        },
        PlantedBug(StoreLaws.feedHasNoLateArrivals, "an event can show up behind a reader") {
            let late = Shared<(seen: Set<EventID>, count: Int)>(([], 0))
            return AlteredStore.changingPages { slice, _, _ in
                guard let last = slice.events.last else { return slice }
                let isLate = late.withLock { late in
                    guard late.seen.insert(last.id).inserted else { return false }
                    late.count += 1
                    return late.count.isMultiple(of: 7)
                }
                return isLate ? slice.changing(events: slice.events.dropLast()) : slice
            }
        },
    ]

    private static func changingStreamReads(
        _ change: @escaping @Sendable (StreamVersion) -> StreamVersion
    ) -> AlteredStore {
        var store = AlteredStore()
        store.onStreamRead = { (stream, version, limit, base) async throws(StoreError) in
            try await base.events(in: stream, from: change(version), limit: limit)
        }
        return store
    }

    private static func changingDrafts(_ change: @escaping @Sendable (EventDraft) -> EventDraft) -> AlteredStore {
        AlteredStore.rewriting { transaction in
            transaction.changing { parts in
                parts.appends = parts.appends.map {
                    StreamAppend(stream: $0.stream, expected: $0.expected, events: $0.events.map(change))
                }
            }
        }
    }
}

extension FeedSlice {
    /// This page with changed facts.
    fileprivate func changing(events: [RecordedEvent]? = nil, position: FeedPosition? = nil) -> FeedSlice {
        FeedSlice(events: events ?? self.events, position: position ?? self.position, isCaughtUp: isCaughtUp)
    }
}
