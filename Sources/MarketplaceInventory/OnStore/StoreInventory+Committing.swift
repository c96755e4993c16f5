import MarketplaceCore
import MarketplaceStorage

extension StoreInventory {
    /// How a commit ended that neither failed nor stayed unknown.
    enum CommitEnd {
        case done
        /// Others were faster: read again, decide again.
        case contended
        /// A counter would leave its bounds. `value` is what it is now.
        case bound(CounterKey, CounterBound, value: Int64)
    }

    /// A document together with its revision.
    struct Stored<Value: Sendable>: Sendable {
        let value: Value
        let revision: DocumentRevision
    }

    /// Tries `body` until it has an answer; nil stands for "others were faster".
    func attempting<Answer>(
        _ body: () async throws(InventoryError) -> Answer?
    ) async throws(InventoryError) -> Answer {
        for _ in 0..<configuration.maximumAttempts {
            if let answer = try await body() { return answer }
            await Task.yield()
        }
        throw .contended(attempts: configuration.maximumAttempts)
    }

    /// Commits, and resolves an unknown outcome by committing the same transaction again.
    func commit(_ transaction: Transaction) async throws(InventoryError) -> CommitEnd {
        do throws(StoreError) {
            _ = try await store.commitResolvingUnknown(transaction)
            return .done
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
    func reading<Value>(_ body: () async throws(StoreError) -> Value) async throws(InventoryError) -> Value {
        do throws(StoreError) {
            return try await body()
        } catch {
            throw .failed(error)
        }
    }

    /// Reads a document and decodes it.
    func read<Value: Decodable & Sendable>(
        _ key: DocumentKey,
        as type: Value.Type
    ) async throws(InventoryError) -> Stored<Value>? {
        let stored = try await reading { () async throws(StoreError) in try await store.document(key) }
        guard let stored else { return nil }
        return Stored(value: try decoded(type, from: stored.body), revision: stored.revision)
    }

    /// What is stored of a SKU besides its counters, perhaps as of a while ago; nil when it is unknown.
    func item(of sku: SKU) async throws(InventoryError) -> StockItemCache.Entry? {
        if let entry = cache[sku] { return entry }
        guard let stored = try await read(StockKeySpace.item(sku), as: StockItemDocument.self) else { return nil }
        let entry = StockItemCache.Entry(revision: stored.revision, item: stored.value)
        cache.keep(entry, for: sku)
        return entry
    }

    func encoded(_ value: some Encodable) throws(InventoryError) -> [UInt8] {
        do throws(PayloadCodecError) {
            return try codec.encode(value)
        } catch {
            throw .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
    }

    func decoded<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws(InventoryError) -> Value {
        do throws(PayloadCodecError) {
            return try codec.decode(type, from: bytes)
        } catch {
            throw .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
    }

    /// Appends the event of a movement to the stream of its SKU.
    func append(
        _ moved: StockMoved,
        id: MovementID,
        to transaction: inout Transaction
    ) throws(InventoryError) {
        let draft = EventDraft(
            id: EventID(bits: id.bits),
            name: StockMoved.eventName,
            schemaVersion: StockMoved.schemaVersion,
            payload: try encoded(moved)
        )
        transaction.append([draft], to: StockKeySpace.stream(moved.sku), expecting: .any)
    }
}
