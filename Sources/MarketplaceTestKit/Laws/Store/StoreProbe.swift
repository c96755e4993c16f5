import MarketplaceCore
import MarketplaceStorage

/// What a law of ``Store`` works with: the store, whose calls are noted, and what makes transactions for it.
struct StoreProbe: Sendable {
    /// The store under the law.
    let store: any Store
    private let recording: RecordingStore
    private let identifiers: SeededIdentifiers

    /// A probe of a store; probes of one database are given seeds of their own.
    init(_ store: any Store, history: LawHistory, seed: UInt64 = 1) {
        recording = RecordingStore(store, history: history)
        self.store = recording
        identifiers = SeededIdentifiers(seed: seed)
    }

    /// A new transaction, built up by `build`.
    func transaction(
        isRemembered: Bool = true,
        _ build: (inout Transaction) throws -> Void
    ) rethrows -> Transaction {
        var transaction = Transaction(id: identifiers.next(), time: Self.time, isRemembered: isRemembered)
        try build(&transaction)
        return transaction
    }

    /// The time of all transactions.
    static let time = Timestamp(microsecondsSinceEpoch: 1_767_225_600_123_456)

    /// A new event of that name.
    func draft(_ name: String = "Happened", payload: [UInt8] = [1, 2, 3]) -> EventDraft {
        EventDraft(id: identifiers.next(), name: name, payload: payload)
    }

    /// So many new events.
    func drafts(_ count: Int, _ name: String = "Happened") -> [EventDraft] {
        (0..<count).map { _ in draft(name) }
    }

    /// Commits a new transaction, which must succeed.
    @discardableResult
    func commit(_ build: (inout Transaction) throws -> Void) async throws -> CommitReceipt {
        try await store.commit(try transaction(build))
    }

    /// Appends events to a stream, at any version.
    @discardableResult
    func append(_ count: Int = 1, _ name: String = "Happened", to stream: StreamID) async throws -> CommitReceipt {
        try await commit { $0.append(drafts(count, name), to: stream, expecting: .any) }
    }

    /// Writes a document and returns its revision.
    @discardableResult
    func write(
        _ key: DocumentKey,
        _ body: [UInt8] = [1],
        expecting expected: ExpectedRevision = .any,
        entries: [IndexEntry] = [],
        unique: [UniqueKey] = []
    ) async throws -> DocumentRevision {
        let receipt = try await commit { transaction in
            transaction.write(
                DocumentWrite(key, body: body, expecting: expected, indexEntries: entries, uniqueKeys: unique)
            )
        }
        guard let revision = receipt.revisions.first else {
            throw LawBreach(expected: "the revision of the written document in the receipt", found: "none")
        }
        return revision
    }

    /// All events of a stream.
    func events(in stream: StreamID) async throws -> [RecordedEvent] {
        try await store.events(in: stream, from: .first, limit: StoreLimits.pageSize)
    }

    /// The current version of a stream, as a conflict tells it.
    func version(of stream: StreamID) async throws -> StreamVersion {
        let impossible = StreamVersion(-1)
        do throws(StoreError) {
            _ = try await store.commit(transaction { $0.require(.stream(stream, at: impossible)) })
        } catch {
            if case .conflict(.streamVersion(_, expected: _, let actual)) = error { return actual }
            throw error
        }
        throw LawBreach(expected: "no stream is at version -1", found: "a guard for it was accepted")
    }
}

extension StoreProbe {
    /// Commits and demands that it is refused as `expected`.
    func refuse(_ transaction: Transaction, as expected: StoreConflict) async throws {
        let demanded = "refused because \(expected)"
        do {
            let receipt = try await store.commit(transaction)
            throw LawBreach(expected: demanded, found: "applied \(receipt.summary)")
        } catch let error as StoreError {
            guard error == .conflict(expected) else { throw LawBreach(expected: demanded, found: "\(error)") }
        }
    }

    /// Builds, commits and demands that it is refused as `expected`.
    func refuse(as expected: StoreConflict, _ build: (inout Transaction) throws -> Void) async throws {
        try await refuse(try transaction(build), as: expected)
    }

    /// Performs `call` and demands that it is refused as invalid.
    func refuseInvalid(_ what: String, _ call: () async throws -> Void) async throws {
        do {
            try await call()
            throw LawBreach(expected: "\(what): refused as invalid", found: "accepted")
        } catch let error as StoreError {
            guard case .invalid = error else {
                throw LawBreach(expected: "\(what): refused as invalid", found: "\(error)")
            }
        }
    }

    /// The position up to which the feed must be read to find every event that was acknowledged through this probe.
    var acknowledged: FeedPosition { recording.acknowledged }

    /// Reads the whole feed in pages of `limit`, all that was acknowledged included, and checks what every page
    /// promises.
    func feed(
        _ filter: EventFilter = .all,
        after start: FeedPosition = .start,
        limit: Int = 1_000
    ) async throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        var position = start
        let deadline = ContinuousClock.now + StoreLaws.feedPatience
        while true {
            let slice = try await feedPage(filter, after: position, limit: limit)
            events += slice.events
            if slice.isCaughtUp {
                if slice.position >= acknowledged { return events }
                try await waitForFeed(from: slice.position, until: deadline)
            } else {
                try LawBreach.unless(
                    slice.position > position,
                    "a page that is not caught up moves on from \(position)",
                    found: "it scanned to \(slice.position)"
                )
            }
            position = slice.position
        }
    }

    /// Lets a moment pass for a feed that ends before what was acknowledged, unless it has had its time.
    func waitForFeed(from position: FeedPosition, until deadline: ContinuousClock.Instant) async throws {
        try LawBreach.unless(
            ContinuousClock.now < deadline,
            "a feed that reaches \(acknowledged), as receipts told, within \(StoreLaws.feedPatience)",
            found: "it ends at \(position)"
        )
        try await Task.sleep(for: .milliseconds(1))
    }

    /// Reads one page of the feed, and checks what every page promises.
    func feedPage(_ filter: EventFilter, after position: FeedPosition, limit: Int) async throws -> FeedSlice {
        let slice = try await store.events(after: position, matching: filter, limit: limit)
        try LawBreach.unless(slice.events.count <= limit, "at most \(limit) events", found: "\(slice.events.count)")
        try LawBreach.unless(
            slice.position >= position,
            "scanned to \(position) or later",
            found: "scanned to \(slice.position)"
        )
        var last = position
        for event in slice.events {
            try LawBreach.unless(
                event.position > last && event.position <= slice.position,
                "positions that rise after \(last) and reach \(slice.position) at most",
                found: "\(event.position)"
            )
            try LawBreach.unless(filter.matches(event), "events that match \(filter.summary)", found: "\(event.stream)")
            last = event.position
        }
        return slice
    }

    /// Reads all documents that match, page by page, and checks what every page promises.
    func documents(_ query: DocumentQuery) async throws -> [String] {
        var ids: [String] = []
        var next = query
        while true {
            let slice = try await store.documents(matching: next)
            ids += slice.documents.map(\.key.id.text)
            try LawBreach.unless(
                slice.documents.count <= query.limit,
                "at most \(query.limit) documents",
                found: "\(slice.documents.count)"
            )
            try LawBreach.unless(
                !slice.documents.isEmpty || next.cursor == nil,
                "documents behind every cursor of a store at rest",
                found: "an empty page"
            )
            guard let cursor = slice.next else { return ids }
            next = query.continued(from: cursor)
        }
    }
}

extension Law where Subject == any Store {
    /// Makes a law whose body works with a probe.
    init(_ name: String, _ statement: String, probing body: @escaping @Sendable (StoreProbe) async throws -> Void) {
        self.init(name, statement) { store, history in
            try await body(StoreProbe(store, history: history))
        }
    }
}
