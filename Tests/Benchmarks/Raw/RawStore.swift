import Synchronization

/// The raw limit of a commit in memory: dictionaries and arrays under one lock, with nothing around them.
///
/// A commit does what one of the library's does and no more: it looks whether its id was committed before, checks the
/// version of one stream, appends an event to the stream and to the feed, adds to one counter within a ceiling, and
/// remembers a receipt under its id, in order, so that it can be forgotten after the retention.
final class RawStore: Sendable {
    /// One event, with everything the library keeps of one.
    final class Event: Sendable {
        let stream: String
        let version: Int64
        let position: UInt64
        let time: Int64
        let transaction: UInt128
        let id: UInt128
        let name: String
        let payload: [UInt8]

        init(_ commit: Commit, version: Int64, position: UInt64) {
            stream = commit.stream
            self.version = version
            self.position = position
            time = commit.time
            transaction = commit.id
            id = commit.eventID
            name = commit.eventName
            payload = commit.payload
        }
    }

    /// What is asked of a commit.
    struct Commit: Sendable {
        let id: UInt128
        let time: Int64
        let stream: String
        let expectedVersion: Int64
        let eventID: UInt128
        let eventName: String
        let payload: [UInt8]
        /// The counter and what is added to it; nil for a commit that touches none.
        let counter: (key: String, delta: Int64, ceiling: Int64)?
    }

    /// What a commit answers.
    struct Receipt: Sendable {
        let position: UInt64
        let version: Int64
        let counter: Int64
    }

    /// A document as it is stored.
    struct Document: Sendable {
        let revision: Int64
        let body: [UInt8]
    }

    fileprivate struct State {
        var documents: [String: Document] = [:]
        var lastRevision: Int64 = 0
        var streams: [String: [Event]] = [:]
        var feed: [Event] = []
        var counters: [String: Int64] = [:]
        var receipts: [UInt128: Receipt] = [:]
        var receiptOrder: [(id: UInt128, time: Int64)] = []
    }

    private let state = Mutex(State())

    /// Applies the commit; nil when the version or the ceiling refuses it.
    func commit(_ commit: Commit) -> Receipt? {
        state.withLock { state -> Receipt? in
            if let first = state.receipts[commit.id] { return first }
            var value: Int64 = 0
            if let counter = commit.counter {
                value = state.counters[counter.key, default: 0] + counter.delta
                guard value <= counter.ceiling else { return nil }
            }
            guard let version = state.append(commit) else { return nil }
            if let counter = commit.counter { state.counters[counter.key] = value }
            let receipt = Receipt(position: UInt64(state.feed.count), version: version, counter: value)
            state.receipts[commit.id] = receipt
            state.receiptOrder.append((commit.id, commit.time))
            return receipt
        }
    }

    /// Adds to a counter alone, with its receipt; nil when the ceiling refuses it.
    func claim(_ delta: Int64, of key: String, ceiling: Int64, id: UInt128, time: Int64) -> Receipt? {
        state.withLock { state -> Receipt? in
            if let first = state.receipts[id] { return first }
            let value = state.counters[key, default: 0] + delta
            guard value <= ceiling else { return nil }
            state.counters[key] = value
            let receipt = Receipt(position: UInt64(state.feed.count), version: 0, counter: value)
            state.receipts[id] = receipt
            state.receiptOrder.append((id, time))
            return receipt
        }
    }

    /// The document of that key.
    func document(_ key: String) -> Document? {
        state.withLock { $0.documents[key] }
    }

    /// Writes one document alone, with its receipt; nil when it is not at the revision that was expected.
    ///
    /// The receipt's version is the new revision.
    func write(_ body: [UInt8], to key: String, expecting revision: Int64?, id: UInt128, time: Int64) -> Receipt? {
        state.withLock { state -> Receipt? in
            if let first = state.receipts[id] { return first }
            guard state.documents[key]?.revision == revision else { return nil }
            state.lastRevision += 1
            state.documents[key] = Document(revision: state.lastRevision, body: body)
            let receipt = Receipt(position: UInt64(state.feed.count), version: state.lastRevision, counter: 0)
            state.receipts[id] = receipt
            state.receiptOrder.append((id, time))
            return receipt
        }
    }
}

extension RawStore.State {
    /// Appends the event to its stream and to the feed; nil when the stream is not where it was expected.
    fileprivate mutating func append(_ commit: RawStore.Commit) -> Int64? {
        let version = Int64(streams[commit.stream]?.count ?? 0)
        guard version == commit.expectedVersion else { return nil }
        let event = RawStore.Event(commit, version: version + 1, position: UInt64(feed.count + 1))
        streams[commit.stream, default: []].append(event)
        feed.append(event)
        return version + 1
    }
}
