public import MarketplaceCore

/// Loads aggregates from their events, lets them decide commands, and records what they decided.
///
/// ```swift
/// let orders = Repository(of: Order.self, in: store, codec: .json, identifiers: identifiers)
/// let outcome = try await orders.handle(ActorCommand(.confirm, by: .system, at: now), on: id, key: key, at: now)
/// ```
///
/// A command carries a key. Repeating it, even after a crash and however late, returns the first result and changes
/// nothing: the key is recorded with the events, and looked for when the aggregate is loaded. (A command that decided
/// nothing records nothing, so a repetition of it decides anew.) Two commands that race are both decided on a state
/// that is current: the one whose commit comes second loads again and decides again.
public struct Repository<Root: Aggregate>: Sendable {
    /// How often a command is decided again after losing a race, unless told otherwise.
    public static var defaultAttempts: Int { 16 }

    /// The most events read at once.
    static var pageSize: Int { 500 }

    let store: any Store
    let reader: EventReader<Root.Event>
    let identifiers: any IdentifierSource
    let category: StreamCategory
    let attempts: Int

    /// A repository of one kind of aggregate.
    ///
    /// - Parameters:
    ///   - root: The kind of aggregate.
    ///   - store: Where the events are kept.
    ///   - codec: How payloads are written and read.
    ///   - identifiers: Where the ids of events come from.
    ///   - attempts: How often a command is decided before a lost race is reported.
    public init(
        of root: Root.Type = Root.self,
        in store: any Store,
        codec: any PayloadCodec,
        identifiers: any IdentifierSource,
        attempts: Int = Repository.defaultAttempts
    ) {
        precondition(attempts > 0, "a command must be attempted at least once")
        guard let category = try? StreamCategory(Root.category), !category.isJournal else {
            preconditionFailure("\(Root.category) is not a category an aggregate can have")
        }
        self.store = store
        reader = EventReader(codec: codec)
        self.identifiers = identifiers
        self.category = category
        self.attempts = attempts
    }

    /// The stream of the aggregate of that id.
    public func stream(of id: Root.ID) throws(TextKeyError) -> StreamID {
        StreamID(category, try TextKey(validating: id.description))
    }

    /// The aggregate of that id as it is now; before its first event when nothing was recorded.
    public func load(_ id: Root.ID) async throws(RepositoryError<Root.Rejection>) -> LoadedAggregate<Root> {
        let stream = try checkedStream(of: id)
        var loaded = LoadedAggregate<Root>()
        while true {
            let page: [RecordedEvent]
            do throws(StoreError) {
                page = try await store.events(
                    in: stream,
                    from: loaded.version.advanced(by: 1),
                    limit: Self.pageSize
                )
            } catch {
                throw .store(error)
            }
            for recorded in page {
                do throws(EventReadingError) {
                    loaded.apply(try reader.read(recorded), of: recorded)
                } catch {
                    throw .unreadable(error)
                }
            }
            if page.count < Self.pageSize { return loaded }
        }
    }

    /// Decides a command and records what was decided.
    ///
    /// - Parameters:
    ///   - command: What is asked.
    ///   - id: Of which aggregate.
    ///   - key: Names the command: repeating it with the same key returns the first result.
    ///   - time: The time to record with the events.
    ///   - also: Adds to the transaction what must change together with the aggregate (a document, a counter). It is
    ///     called again for every attempt and must add the same each time.
    /// - Returns: What was recorded, now or when the command was first given.
    /// - Throws: The rejection, or why nothing could be recorded; the outcome may be unknown.
    @discardableResult
    public func handle(
        _ command: Root.Command,
        on id: Root.ID,
        key: IdempotencyKey,
        at time: Timestamp,
        also: (inout Transaction) -> Void = { _ in }
    ) async throws(RepositoryError<Root.Rejection>) -> CommandOutcome<Root> {
        let stream = try checkedStream(of: id)
        for _ in 0..<attempts {
            var loaded = try await load(id)
            if let first = loaded.outcome(of: key) { return first }
            let events: [Root.Event]
            do throws(Root.Rejection) {
                events = try loaded.root.decide(command)
            } catch {
                throw .rejected(error)
            }
            var transaction = Transaction(
                id: TransactionID(derivedFrom: stream.description, key.text, loaded.version.description),
                time: time
            )
            transaction.append(try drafts(of: events, key: key), to: stream, expecting: .exactly(loaded.version))
            also(&transaction)
            guard !transaction.isEmpty else {
                return CommandOutcome(root: loaded.root, version: loaded.version, events: [], isRepetition: false)
            }
            if try await commit(transaction) {
                loaded.apply(events, key: key)
                return CommandOutcome(
                    root: loaded.root,
                    version: loaded.version,
                    events: events,
                    isRepetition: false
                )
            }
        }
        throw .contended(attempts: attempts)
    }

    private func checkedStream(of id: Root.ID) throws(RepositoryError<Root.Rejection>) -> StreamID {
        do throws(TextKeyError) {
            return try stream(of: id)
        } catch {
            throw .badID(error)
        }
    }

    private func drafts(
        of events: [Root.Event],
        key: IdempotencyKey
    ) throws(RepositoryError<Root.Rejection>) -> [EventDraft] {
        let headers = ContextHeaders.current
        var drafts: [EventDraft] = []
        drafts.reserveCapacity(events.count)
        for event in events {
            do throws(PayloadCodecError) {
                drafts.append(try reader.draft(event, id: identifiers.next(), command: key, headers: headers))
            } catch {
                throw .unwritable(error)
            }
        }
        return drafts
    }

    /// Commits; false when another writer was faster, so that the command must be decided again.
    private func commit(_ transaction: Transaction) async throws(RepositoryError<Root.Rejection>) -> Bool {
        do throws(StoreError) {
            _ = try await store.commitResolvingUnknown(transaction)
            return true
        } catch {
            switch error {
            case .conflict(.streamVersion), .conflict(.documentRevision): return false
            // An earlier attempt at this very command, given up as unknown, has come through after all.
            case .conflict(.transactionReused): return false
            default: throw .store(error)
            }
        }
    }
}
