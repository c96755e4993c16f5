package import MarketplaceCore

/// A service that keeps what it knows in a store: it reads and decides, commits, and does it again when others were
/// faster.
///
/// What inventories and coupons do alike, each with errors of its own.
package protocol StoreService: Sendable {
    /// How its calls end when they do not succeed.
    associatedtype Failure: StoreServiceError

    /// Where it keeps everything.
    var store: any Store { get }
    /// How documents and events are written.
    var codec: any PayloadCodec { get }
    /// How often a call is tried while others change the same things.
    var maximumAttempts: Int { get }
}

extension StoreService {
    /// Tries `body` until it has an answer; nil stands for "others were faster".
    @inlinable
    package func attempting<Answer>(
        _ body: () async throws(Failure) -> Answer?
    ) async throws(Failure) -> Answer {
        for _ in 0..<maximumAttempts {
            if let answer = try await body() { return answer }
            await Task.yield()
        }
        throw .contended(attempts: maximumAttempts)
    }

    /// Commits, and resolves an unknown outcome by committing the same transaction again.
    @inlinable
    package func commit(_ transaction: Transaction) async throws(Failure) -> CommitEnd {
        do throws(StoreError) {
            return .done(try await store.commitResolvingUnknown(transaction))
        } catch {
            switch error {
            case .conflict(.counterBound(let key, let bound, let value, _)): return .bound(key, bound, value: value)
            case .conflict(.transactionReused): return .contended
            case .conflict(let conflict) where conflict.isContention: return .contended
            default: throw .failed(error)
            }
        }
    }

    /// Performs a read of the store.
    @inlinable
    package func reading<Value>(_ body: () async throws(StoreError) -> Value) async throws(Failure) -> Value {
        do throws(StoreError) {
            return try await body()
        } catch {
            throw .failed(error)
        }
    }

    /// Reads a document and decodes it.
    @inlinable
    package func read<Value: Decodable & Sendable>(
        _ key: DocumentKey,
        as type: Value.Type
    ) async throws(Failure) -> StoredValue<Value>? {
        let stored = try await reading { () async throws(StoreError) in try await store.document(key) }
        guard let stored else { return nil }
        return StoredValue(value: try decoded(type, from: stored.body), revision: stored.revision)
    }

    /// A value as it is stored.
    @inlinable
    package func encoded(_ value: some Encodable) throws(Failure) -> [UInt8] {
        do throws(PayloadCodecError) {
            return try codec.encode(value)
        } catch {
            throw .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
    }

    /// A value that was stored.
    @inlinable
    package func decoded<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws(Failure) -> Value {
        do throws(PayloadCodecError) {
            return try codec.decode(type, from: bytes)
        } catch {
            throw .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
    }

    /// Adds an event to a transaction; its bits are those of what it is about, so that a repetition is the same event.
    @inlinable
    package func append<Payload: EventPayload>(
        _ payload: Payload,
        idBits: UInt128,
        to stream: StreamID,
        in transaction: inout Transaction
    ) throws(Failure) {
        let draft = EventDraft(
            id: EventID(bits: idBits),
            name: Payload.eventName,
            schemaVersion: Payload.schemaVersion,
            payload: try encoded(payload)
        )
        transaction.append([draft], to: stream, expecting: .any)
    }
}
