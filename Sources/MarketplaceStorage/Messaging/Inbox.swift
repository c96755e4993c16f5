public import MarketplaceCore

/// The subject of the names of message consumers.
public enum ConsumerSubject {}

/// Names one consumer: what it has taken in is kept under it, so it is never renamed after a release.
public typealias ConsumerName = TextKey<ConsumerSubject>

/// What became of a message that was given to an ``Inbox``.
public enum InboxOutcome: Hashable, Sendable {
    /// The handler's writes are committed.
    case handled(CommitReceipt)
    /// The message was taken in before: nothing was changed.
    case duplicate
}

/// Makes a message that may come more than once take effect once.
///
/// The record of the message's id and all that its handler writes are one transaction that expects no such record.
/// Records are kept for ``retention``; a message that is delivered again later than that would take effect again, so
/// it must be longer than the bus can hold a message back.
public struct Inbox: Sendable {
    /// How long the ids of messages are kept unless told otherwise: a week, so that a bus that stood still over a long
    /// weekend delivers nothing twice.
    public static let defaultRetention = Duration.seconds(7 * 24 * 60 * 60)
    /// The most bytes of a consumer's name, which leaves room for a message's id in a key.
    public static let maximumNameLength = 400
    /// The most times a handler is called for one delivery because other writers changed its documents meanwhile.
    public static let contentionLimit = 8
    /// The most records one transaction of a sweep deletes.
    public static let sweepBatch = 500

    /// The consumer.
    public let consumer: ConsumerName
    /// How long the ids of messages are kept.
    public let retention: Duration

    private let store: any Store
    private let identifiers: any IdentifierSource
    private let wallClock: any WallClock
    private static let collection: DocumentCollection = "$inbox"
    private static let expiryIndex = "expiry"

    /// Makes the inbox of a consumer, whose name has at most ``maximumNameLength`` bytes.
    public init(
        _ consumer: ConsumerName,
        store: any Store,
        identifiers: any IdentifierSource,
        wallClock: any WallClock = .system,
        retention: Duration = Inbox.defaultRetention
    ) {
        precondition(
            consumer.text.utf8.count <= Self.maximumNameLength,
            "the name of a consumer has at most \(Self.maximumNameLength) bytes"
        )
        precondition(retention > .zero, "ids are kept for a while")
        self.consumer = consumer
        self.store = store
        self.identifiers = identifiers
        self.wallClock = wallClock
        self.retention = retention
    }

    /// Lets `body` add to a transaction what the message changes, and commits it, unless that was done before.
    ///
    /// `body` runs with the message's headers as ``ContextHeaders/current``. It is called again after a lost race, so
    /// it must do nothing but read and add to the transaction. An unknown commit outcome is resolved by committing
    /// the same transaction again; when that does not tell, the next delivery does.
    public func handle(
        _ message: Message,
        _ body: (inout Transaction) async throws -> Void
    ) async throws(InboxError) -> InboxOutcome {
        let record = key(of: message)
        var races = 0
        while true {
            do throws(StoreError) {
                if try await store.document(record) != nil { return .duplicate }
            } catch {
                throw InboxError(message: message.id, cause: .store(error))
            }
            let transaction = try await filled(for: message, record: record, body)
            do throws(StoreError) {
                return .handled(try await store.commitResolvingUnknown(transaction))
            } catch {
                races += 1
                // A lost race over the record itself shows in the next look at it.
                guard error.isContention, races < Self.contentionLimit else {
                    throw InboxError(message: message.id, cause: .store(error))
                }
            }
        }
    }

    /// Deletes the records whose retention is over, and returns how many there were.
    @discardableResult
    public func sweep() async throws(StoreError) -> Int {
        try await store.deleteExpired(
            in: Self.collection,
            by: Self.expiryIndex,
            of: consumer.text,
            at: wallClock.now,
            batch: Self.sweepBatch,
            identifiers: identifiers
        )
    }

    private func filled(
        for message: Message,
        record: DocumentKey,
        _ body: (inout Transaction) async throws -> Void
    ) async throws(InboxError) -> Transaction {
        let now = wallClock.now
        var transaction = Transaction(id: identifiers.next(), time: now)
        do {
            try await ContextHeaders.$current.withValue(message.headers) {
                try await body(&transaction)
            }
        } catch {
            throw InboxError(message: message.id, cause: .handler(error))
        }
        let expiry = now.advanced(by: retention)
        var writer = BinaryWriter(form: 1)
        writer.write(expiry.microsecondsSinceEpoch)
        transaction.write(
            DocumentWrite(
                record,
                body: writer.bytes,
                expecting: .absent,
                indexEntries: [IndexEntry(Self.expiryIndex, .text(consumer.text), .time(expiry))]
            )
        )
        return transaction
    }

    private func key(of message: Message) -> DocumentKey {
        // Two valid texts joined by a slash are a valid key: the initializer bounds the length of the name.
        DocumentKey(Self.collection, TextKey(unchecked: "\(consumer)/\(message.id)"))
    }
}
