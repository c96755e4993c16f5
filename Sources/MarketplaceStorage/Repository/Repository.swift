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
/// nothing records nothing, so a repetition of it decides anew, and what is to change together with it does not.)
/// Another command under a used key is refused (``StoreConflict/commandKeyReused(_:in:)``): a digest of what was asked
/// (``RepeatableCommand``) is recorded with the key. It guards against mistakes, not against somebody who looks for two
/// commands with one digest. Two commands that race are both decided on a state that is current: the one whose commit
/// comes second loads again and decides again.
public struct Repository<Root: Aggregate>: Sendable {
    /// How often a command is decided again after losing a race, unless told otherwise.
    public static var defaultAttempts: Int { 16 }

    /// The most events read at once: few aggregates have more, and a page of them is small beside what makes it.
    static var pageSize: Int { 1_000 }

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
            do throws(EventReadingError) {
                loaded.apply(try reader.read(page), of: page)
            } catch {
                throw .unreadable(error)
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
    /// - Throws: The rejection, that the key has named another command, or why nothing could be recorded; the outcome
    ///   may be unknown.
    @discardableResult
    public func handle(
        _ command: Root.Command,
        on id: Root.ID,
        key: IdempotencyKey,
        at time: Timestamp,
        also: (inout Transaction) -> Void = { _ in }
    ) async throws(RepositoryError<Root.Rejection>) -> CommandOutcome<Root> {
        try await handle(on: id, key: key, at: time, also: also) { _ in [command] }
    }

    /// Decides several commands, each on the state that those before it lead to, and records what was decided at once.
    ///
    /// - Parameters:
    ///   - id: Of which aggregate it is asked.
    ///   - key: Names the commands together: repeating them with the same key returns the first result.
    ///   - time: The time to record with the events.
    ///   - also: Adds to the transaction what must change together with the aggregate. It is called again for every
    ///     attempt and must add the same each time.
    ///   - commands: What is asked, given the aggregate as it is; called again for every attempt.
    /// - Returns: What was recorded, now or when the commands were first given.
    /// - Throws: As ``handle(_:on:key:at:also:)``; when one command is rejected, nothing is recorded.
    @discardableResult
    public func handle(
        on id: Root.ID,
        key: IdempotencyKey,
        at time: Timestamp,
        also: (inout Transaction) -> Void = { _ in },
        commands: (Root) -> [Root.Command]
    ) async throws(RepositoryError<Root.Rejection>) -> CommandOutcome<Root> {
        let stream = try checkedStream(of: id)
        for _ in 0..<attempts {
            let loaded = try await load(id)
            if let first = try repetition(of: key, commands, on: loaded, in: stream) { return first }
            let (outcome, drafts) = try decide(commands, on: loaded, key)
            var transaction = Transaction(
                id: TransactionID(derivedFrom: stream.description, key.text, loaded.version.description),
                time: time
            )
            guard !drafts.isEmpty else { return outcome }
            transaction.append(drafts, to: stream, expecting: .exactly(loaded.version))
            also(&transaction)
            if try await commit(transaction) { return outcome }
        }
        throw .contended(attempts: attempts)
    }

    /// Decides commands and adds what was decided to a transaction of somebody else's, who commits it.
    ///
    /// For the handler of an ``Inbox``, where the events of an aggregate and the record of the message are one
    /// transaction. Whoever commits it calls again when the stream has moved meanwhile. Add to each aggregate once: a
    /// transaction appends to a stream once.
    ///
    /// - Parameters:
    ///   - transaction: Where the events go.
    ///   - id: Of which aggregate it is asked.
    ///   - key: Names the commands: when they were recorded under it before, nothing is added.
    ///   - commands: What is asked, given the aggregate as it is.
    /// - Returns: What will have been recorded once the transaction is committed.
    /// - Throws: The rejection, or why nothing could be decided; nothing was added then.
    @discardableResult
    public func add(
        to transaction: inout Transaction,
        on id: Root.ID,
        key: IdempotencyKey,
        commands: (Root) -> [Root.Command]
    ) async throws(RepositoryError<Root.Rejection>) -> CommandOutcome<Root> {
        let stream = try checkedStream(of: id)
        let loaded = try await load(id)
        if let first = try repetition(of: key, commands, on: loaded, in: stream) { return first }
        let (outcome, drafts) = try decide(commands, on: loaded, key)
        transaction.append(drafts, to: stream, expecting: .exactly(loaded.version))
        return outcome
    }

    /// What commands of that key recorded, if they were given before and whoever gives them may know; nil when not.
    private func repetition(
        of key: IdempotencyKey,
        _ commands: (Root) -> [Root.Command],
        on loaded: LoadedAggregate<Root>,
        in stream: StreamID
    ) throws(RepositoryError<Root.Rejection>) -> CommandOutcome<Root>? {
        guard let first = loaded.outcome(of: key) else { return nil }
        let asked = commands(loaded.root)
        // A stranger is refused as one, and does not learn what the key was used for.
        do throws(Root.Rejection) {
            for command in asked { try loaded.root.admit(command) }
        } catch {
            throw .rejected(error)
        }
        guard loaded.hasRecorded(asked, under: key, commands) else {
            throw .store(.conflict(.commandKeyReused(key, in: stream)))
        }
        return first
    }

    private func decide(
        _ commands: (Root) -> [Root.Command],
        on loaded: LoadedAggregate<Root>,
        _ key: IdempotencyKey
    ) throws(RepositoryError<Root.Rejection>) -> (CommandOutcome<Root>, [EventDraft]) {
        var loaded = loaded
        var root = loaded.root
        var events: [Root.Event] = []
        let asked = commands(root)
        do throws(Root.Rejection) {
            for command in asked { events += try root.handle(command) }
        } catch {
            throw .rejected(error)
        }
        let drafts = try drafts(of: events, key: key, digest: asked.contentDigest)
        loaded.apply(events, key: key)
        let outcome = CommandOutcome(
            root: loaded.root,
            version: loaded.version,
            events: events,
            isRepetition: false
        )
        return (outcome, drafts)
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
        key: IdempotencyKey,
        digest: ContentDigest.Value
    ) throws(RepositoryError<Root.Rejection>) -> [EventDraft] {
        let headers = ContextHeaders.current
        var drafts: [EventDraft] = []
        drafts.reserveCapacity(events.count)
        for event in events {
            do throws(PayloadCodecError) {
                let draft = try reader.draft(
                    event,
                    id: identifiers.next(),
                    command: key,
                    commandDigest: digest,
                    headers: headers
                )
                drafts.append(draft)
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
