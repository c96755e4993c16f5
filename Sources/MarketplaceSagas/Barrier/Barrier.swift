public import MarketplaceCore
public import MarketplaceStorage

/// The subject of the names of barriers.
public enum BarrierSubject {}

/// Names one barrier: its records are kept under it, so it is never renamed after a release.
public typealias BarrierName = TextKey<BarrierSubject>

/// Keeps the calls of a saga's step and of its undo in order, for a participant that has its effect in a ``Store``.
///
/// ```swift
/// Step("open account") { state, step in
///     try await barrier.perform(step.effectKey) { transaction in transaction.write(account) }
/// } undo: { state, _, step in
///     try await barrier.undo(step.effectKey) { transaction in transaction.delete(account.key) }
/// }
/// ```
///
/// A call that was sent twice, or late, meets one of four rules: a repeated forward call gets the first result and
/// changes nothing; a forward call after its undo is refused; an undo without a forward call is harmless, and leaves
/// a tombstone; a repeated undo changes nothing. The effect and the barrier's record are one transaction, so no crash
/// and no race comes between them.
///
/// A record is kept for ``retention`` after it was last written, and deleted by ``sweep()``. The retention must be
/// longer than the longest life of a saga together with the longest time a call can be late: an undo that comes after
/// its forward call was forgotten does nothing, and a forward call after its tombstone takes effect.
public struct Barrier: Sendable {
    /// How long records are kept unless told otherwise: 30 days, four times what sagas keep their journals for.
    public static let defaultRetention = Duration.seconds(30 * 24 * 60 * 60)
    /// The most bytes of a barrier's name, which leaves room for an idempotency key of 400 bytes.
    public static let maximumNameLength = 100
    /// The most times a body is called for one call because other writers changed its documents meanwhile.
    public static let contentionLimit = 16
    /// The most records one transaction of a sweep deletes.
    public static let sweepBatch = 500

    /// The name.
    public let name: BarrierName
    /// How long records are kept.
    public let retention: Duration

    private let store: any Store
    private let codec: any PayloadCodec
    private let identifiers: any IdentifierSource
    private let wallClock: any WallClock
    private static let collection: DocumentCollection = "$barrier"
    private static let expiryIndex = "expiry"

    /// Makes a barrier.
    ///
    /// - Parameters:
    ///   - name: A name of at most ``maximumNameLength`` bytes that no other barrier of the store has.
    ///   - store: Where the effects and the records are.
    ///   - codec: How first results are written and read.
    ///   - identifiers: The source of transaction ids.
    ///   - wallClock: The time that transactions carry and retention is reckoned by.
    ///   - retention: How long records are kept.
    public init(
        _ name: BarrierName,
        store: any Store,
        codec: any PayloadCodec,
        identifiers: any IdentifierSource,
        wallClock: any WallClock,
        retention: Duration = Barrier.defaultRetention
    ) {
        precondition(
            name.text.utf8.count <= Self.maximumNameLength,
            "the name of a barrier has at most \(Self.maximumNameLength) bytes"
        )
        precondition(retention > .zero, "records are kept for a while")
        self.name = name
        self.store = store
        self.codec = codec
        self.identifiers = identifiers
        self.wallClock = wallClock
        self.retention = retention
    }

    /// Lets `body` add an effect to a transaction and commits it, once per key.
    ///
    /// `body` is called again after a lost race, so it must do nothing but read and add to the transaction. An unknown
    /// commit outcome is resolved by committing the same transaction again.
    ///
    /// - Returns: What `body` returned when the effect came about, now or the first time.
    /// - Throws: ``BarrierError`` with `undone` when the undo was here before; with `store` and an unknown effect when
    ///   the outcome could not be resolved: the next call tells.
    public func perform<Output: Codable & Sendable>(
        _ key: IdempotencyKey,
        _ body: (inout Transaction) async throws -> Output
    ) async throws(BarrierError) -> Output {
        let output = try await pass(key) { (transaction) throws(BarrierError) in
            let output = try await calling(body, &transaction, key)
            return try coding(key) { () throws(PayloadCodecError) in try codec.encode(output) }
        }
        return try coding(key) { () throws(PayloadCodecError) in try codec.decode(Output.self, from: output) }
    }

    /// Lets `body` add an effect without a result to a transaction and commits it, once per key.
    ///
    /// It keeps the contract of the form with a result.
    public func perform(
        _ key: IdempotencyKey,
        _ body: (inout Transaction) async throws -> Void
    ) async throws(BarrierError) {
        _ = try await pass(key) { (transaction) throws(BarrierError) in
            try await calling(body, &transaction, key)
            return []
        }
    }

    /// Lets `body` add to a transaction what takes the effect of that key back, and commits it, if the effect is there.
    ///
    /// When it never came about, `body` is not called and a tombstone is left.
    ///
    /// - Returns: What was found.
    /// - Throws: ``BarrierError`` when it could not be undone, or the outcome is unknown: call again.
    @discardableResult
    public func undo(
        _ key: IdempotencyKey,
        _ body: (inout Transaction) async throws -> Void
    ) async throws(BarrierError) -> BarrierUndo {
        let document = try document(of: key)
        return try await settling(key) { () async throws(BarrierError) in
            let (record, revision) = try await stored(at: document, key)
            var transaction = Transaction(id: identifiers.next(), time: wallClock.now)
            switch record {
            case .undone: return (BarrierUndo.repetition, nil)
            case .performed:
                try await calling(body, &transaction, key)
                write(.undone, to: document, expecting: revision, &transaction)
                return (.undone, transaction)
            case nil:
                write(.undone, to: document, expecting: revision, &transaction)
                return (.neverPerformed, transaction)
            }
        }
    }

    /// Deletes the records whose retention is over, and returns how many there were.
    @discardableResult
    public func sweep() async throws(StoreError) -> Int {
        try await store.deleteExpired(
            in: Self.collection,
            by: Self.expiryIndex,
            of: name.text,
            at: wallClock.now,
            batch: Self.sweepBatch,
            identifiers: identifiers
        )
    }
}

extension Barrier {
    /// Commits an effect and its encoded result unless that was done before.
    private func pass(
        _ key: IdempotencyKey,
        _ effect: (inout Transaction) async throws(BarrierError) -> [UInt8]
    ) async throws(BarrierError) -> [UInt8] {
        let document = try document(of: key)
        return try await settling(key) { () async throws(BarrierError) in
            let (record, revision) = try await stored(at: document, key)
            switch record {
            case .undone: throw BarrierError(key: key, cause: .undone)
            case .performed(let output): return (output, nil)
            case nil: break
            }
            var transaction = Transaction(id: identifiers.next(), time: wallClock.now)
            let output = try await effect(&transaction)
            write(.performed(output: output), to: document, expecting: revision, &transaction)
            return (output, transaction)
        }
    }

    /// Prepares a transaction and commits it, anew after every lost race; without a transaction there is nothing to do.
    private func settling<Value>(
        _ key: IdempotencyKey,
        _ prepare: () async throws(BarrierError) -> (Value, Transaction?)
    ) async throws(BarrierError) -> Value {
        var races = 0
        while true {
            let (value, transaction) = try await prepare()
            guard let transaction else { return value }
            do throws(StoreError) {
                _ = try await store.commitResolvingUnknown(transaction)
                return value
            } catch {
                races += 1
                // A lost race over the record itself shows in the next look at it.
                guard error.isContention, races < Self.contentionLimit else {
                    throw BarrierError(key: key, cause: .store(error))
                }
            }
        }
    }

    private func stored(
        at document: DocumentKey,
        _ key: IdempotencyKey
    ) async throws(BarrierError) -> (BarrierRecord?, ExpectedRevision) {
        do throws(StoreError) {
            guard let stored = try await store.document(document) else { return (nil, .absent) }
            return (try BarrierRecord(stored), .exactly(stored.revision))
        } catch {
            throw BarrierError(key: key, cause: .store(error))
        }
    }

    private func write(
        _ record: BarrierRecord,
        to document: DocumentKey,
        expecting expected: ExpectedRevision,
        _ transaction: inout Transaction
    ) {
        let expiry = transaction.time.advanced(by: retention)
        transaction.write(
            DocumentWrite(
                document,
                body: record.bytes,
                expecting: expected,
                indexEntries: [IndexEntry(Self.expiryIndex, .text(name.text), .time(expiry))]
            )
        )
    }

    private func calling<Value>(
        _ body: (inout Transaction) async throws -> Value,
        _ transaction: inout Transaction,
        _ key: IdempotencyKey
    ) async throws(BarrierError) -> Value {
        do {
            return try await body(&transaction)
        } catch {
            throw BarrierError(key: key, cause: .body(error))
        }
    }

    private func coding<Value>(
        _ key: IdempotencyKey,
        _ body: () throws(PayloadCodecError) -> Value
    ) throws(BarrierError) -> Value {
        do throws(PayloadCodecError) {
            return try body()
        } catch {
            throw BarrierError(key: key, cause: .payload(error))
        }
    }

    private func document(of key: IdempotencyKey) throws(BarrierError) -> DocumentKey {
        do throws(TextKeyError) {
            return DocumentKey(Self.collection, try TextKey(validating: "\(name)/\(key)"))
        } catch {
            throw BarrierError(key: key, cause: .badKey(error))
        }
    }
}
