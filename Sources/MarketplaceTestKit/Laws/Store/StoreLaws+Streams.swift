import MarketplaceCore
import MarketplaceStorage

extension StoreLaws {
    /// An event is read as it was recorded, from its stream and from the feed.
    public static let eventsComeBackWhole = StoreLaw(
        "stream.whole-events",
        "An event is read with the id, name, schema version, payload, command and its digest, headers, time and "
            + "transaction it was recorded with, from its stream and from the feed."
    ) { probe in
        let stream = StreamID("law", "a")
        let headers = try ContextHeaders(["trace": "00-é", "empty": ""])
        let drafts = [
            EventDraft(
                id: EventID(bits: .max),
                name: "Näme.v1",
                schemaVersion: 7,
                payload: Array(0...255),
                command: "command",
                commandDigest: ContentDigest.Value(bits: .max),
                headers: headers
            ),
            EventDraft(id: EventID(bits: 0), name: "n", payload: [], headers: ContextHeaders()),
        ]
        let transaction = probe.transaction { $0.append(drafts, to: stream, expecting: .none) }
        _ = try await probe.store.commit(transaction)
        let events = try await probe.events(in: stream)
        try LawBreach.unlessEqual(events.map(\.draft), drafts, "the drafts of the events")
        try LawBreach.unlessEqual(events.map(\.version.value), [1, 2], "the versions of the events")
        for event in events {
            try LawBreach.unlessEqual(event.time, transaction.time, "the time of the transaction")
            try LawBreach.unlessEqual(event.transaction, transaction.id, "the id of the transaction")
            try LawBreach.unlessEqual(event.stream, stream, "the stream")
        }
        try LawBreach.unlessEqual(try await probe.feed(), events, "the events of the feed")
    }

    /// A stream is read in pages that begin and end anywhere.
    public static let streamsArePaged = StoreLaw(
        "stream.paging",
        "From any version on and for any limit, a read gives the events from there on, in order; an unknown stream "
            + "has none."
    ) { probe in
        let stream = StreamID("law", "a")
        for count in [3, 1, 4] {
            try await probe.append(count, to: stream)
            try await probe.append(2, to: StreamID("law", "b"))
        }
        let unknown = try await probe.events(in: StreamID("law", "unknown"))
        try LawBreach.unlessEqual(unknown, [], "the events of an unknown stream")
        for from in 0...10 {
            for limit in 1...10 {
                let page = try await probe.store.events(in: stream, from: StreamVersion(Int64(from)), limit: limit)
                let expected = Array((1...8).filter { $0 >= from }.prefix(limit)).map { Int64($0) }
                try LawBreach.unlessEqual(page.map(\.version.value), expected, "from \(from), at most \(limit)")
            }
        }
    }

    /// A read from any version at all ends well.
    public static let extremeVersionsAreHarmless = StoreLaw(
        "stream.extreme-versions",
        "A read from a negative version gives the stream from its beginning, one from beyond its end nothing."
    ) { probe in
        let stream = StreamID("law", "a")
        try await probe.append(3, to: stream)
        for from: Int64 in [.min, .min + 1, -1] {
            let events = try await probe.store.events(in: stream, from: StreamVersion(from), limit: 10)
            try LawBreach.unlessEqual(events.count, 3, "how many events there are from \(from)")
        }
        for from: Int64 in [4, .max - 1, .max] {
            let events = try await probe.store.events(in: stream, from: StreamVersion(from), limit: 10)
            try LawBreach.unlessEqual(events.count, 0, "how many events there are from \(from)")
        }
        try await probe.commit { $0.trim(.before(StreamVersion(.min), of: stream)) }
        try LawBreach.unlessEqual(try await probe.events(in: stream).count, 3, "how many events are left")
        try await probe.commit { $0.trim(.before(StreamVersion(.max), of: stream)) }
        try LawBreach.unlessEqual(try await probe.events(in: stream).count, 0, "how many events are left")
    }

    /// A trimmed stream keeps its version and its later events.
    public static let trimmedStreamsKeepTheirVersion = StoreLaw(
        "stream.trim",
        "A trimmed stream keeps its version and the events from there on, also when none is left."
    ) { probe in
        let stream = StreamID("law", "a")
        try await probe.append(6, to: stream)
        try await probe.commit { $0.trim(.before(StreamVersion(4), of: stream)) }
        for from: Int64 in [0, 1, 3, 4] {
            let events = try await probe.store.events(in: stream, from: StreamVersion(from), limit: 2)
            try LawBreach.unlessEqual(events.map(\.version.value), [4, 5], "the events from \(from), at most 2")
        }
        // Trimming less than before, and a stream that is not there, changes nothing.
        try await probe.commit { transaction in
            transaction.trim(.before(StreamVersion(2), of: stream))
            transaction.trim(.before(StreamVersion(2), of: StreamID("law", "unknown")))
        }
        try LawBreach.unlessEqual(try await probe.events(in: stream).map(\.version.value), [4, 5, 6], "what is left")
        try await probe.commit { $0.trim(.before(StreamVersion(7), of: stream)) }
        try LawBreach.unlessEqual(try await probe.events(in: stream), [], "what is left")
        try LawBreach.unlessEqual(try await probe.version(of: stream).value, 6, "the version of the emptied stream")
        let receipt = try await probe.commit { transaction in
            transaction.append(probe.drafts(1), to: stream, expecting: .exactly(StreamVersion(6)))
        }
        try LawBreach.unlessEqual(receipt.versions.map(\.value), [7], "the version after it went on")
        try LawBreach.unlessEqual(try await probe.events(in: stream).map(\.version.value), [7], "what is there")
        try await probe.commit { transaction in
            transaction.trim(.before(StreamVersion(9), of: stream))
            transaction.append(probe.drafts(2), to: stream, expecting: .exactly(StreamVersion(7)))
        }
        let last = try await probe.events(in: stream).map(\.version.value)
        try LawBreach.unlessEqual(last, [9], "what a trim leaves of what its own transaction appended")
    }

    /// A stream that was trimmed away is as if it had never been.
    public static let trimmedStreamsBeginAgain = StoreLaw(
        "stream.whole-trim",
        "A stream that was trimmed as a whole is as if it had never been: no events, and version 0."
    ) { probe in
        let stream = StreamID("law", "a")
        try await probe.append(3, to: stream)
        try await probe.append(2, to: StreamID("law", "b"))
        try await probe.commit { transaction in
            transaction.trim(.whole(stream))
            transaction.trim(.whole(StreamID("law", "unknown")))
        }
        try LawBreach.unlessEqual(try await probe.events(in: stream), [], "the events of the stream")
        try LawBreach.unlessEqual(try await probe.version(of: stream), .none, "the version of the stream")
        try LawBreach.unlessEqual(try await probe.feed().count, 2, "how many events the feed has")
        try await probe.commit { $0.append(probe.drafts(1), to: stream, expecting: .none) }
        try LawBreach.unlessEqual(try await probe.events(in: stream).map(\.version), [.first], "the new events")
    }

    /// Concurrent appends with retries lose no event and invent none.
    public static let concurrentAppendsLoseNothing = StoreLaw(
        "stream.concurrent-appends",
        "Of concurrent appends that are repeated after a conflict every one is recorded once, right after the version "
            + "it expected; none is lost and none that was refused is found."
    ) { probe in
        let stream = StreamID("law", "a")
        let (writers, rounds) = (8, 25)
        let ids = try await withThrowingTaskGroup(of: [EventID].self) { group in
            for _ in 0..<writers {
                group.addTask {
                    var ids: [EventID] = []
                    for _ in 0..<rounds { ids.append(try await appendAfterReading(stream, probe)) }
                    return ids
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let events = try await probe.events(in: stream)
        let versions = events.map { Int($0.version.value) }
        try LawBreach.unless(
            versions == Array(1...(writers * rounds)),
            "the versions 1...\(writers * rounds) without a gap",
            found: "\(versions.count) events up to \(versions.max() ?? 0)"
        )
        try LawBreach.unlessEqual(Set(events.map(\.id)), Set(ids), "the events that were acknowledged")
        try LawBreach.unlessEqual(try await probe.feed().map(\.id), events.map(\.id), "the events of the feed")
    }

    private static func appendAfterReading(_ stream: StreamID, _ probe: StoreProbe) async throws -> EventID {
        while true {
            let version = try await probe.events(in: stream).last?.version ?? .none
            let draft = probe.draft()
            let transaction = probe.transaction { $0.append([draft], to: stream, expecting: .exactly(version)) }
            do {
                let reached = try await probe.store.commit(transaction).versions
                try LawBreach.unlessEqual(reached, [version.advanced(by: 1)], "the version after the one expected")
                return draft.id
            } catch let error as StoreError {
                guard case .conflict(.streamVersion) = error else { throw error }
                await Task.yield()
            }
        }
    }
}
