import MarketplaceCore
import MarketplaceStorage

/// What all services of this module do with the store: read, decode, commit, and tell a race from a refusal.
struct CouponArchive: Sendable {
    /// How a commit ended that neither failed nor stayed unknown.
    enum CommitEnd {
        case done
        /// Others were faster: read again, decide again. Over a document, if that is what they changed.
        case contended(DocumentKey? = nil)
        /// A counter would leave its bounds. `value` is what it is now.
        case bound(CounterKey, CounterBound, value: Int64)
    }

    /// A document together with its revision.
    struct Stored<Value: Sendable>: Sendable {
        let value: Value
        let revision: DocumentRevision
    }

    let store: any Store
    let codec: any PayloadCodec
    let maximumAttempts: Int
    private let campaigns: Repository<Campaign>

    init(store: any Store, codec: any PayloadCodec, maximumAttempts: Int) {
        self.store = store
        self.codec = codec
        self.maximumAttempts = max(1, maximumAttempts)
        campaigns = Repository(in: store, codec: codec, identifiers: NoIdentifiers())
    }

    /// Tries `body` until it has an answer; nil stands for "others were faster".
    func attempting<Answer>(
        _ body: () async throws(CouponError) -> Answer?
    ) async throws(CouponError) -> Answer {
        for _ in 0..<maximumAttempts {
            if let answer = try await body() { return answer }
            await Task.yield()
        }
        throw .contended(attempts: maximumAttempts)
    }

    /// Commits, and resolves an unknown outcome by committing the same transaction again.
    func commit(_ transaction: Transaction) async throws(CouponError) -> CommitEnd {
        do throws(StoreError) {
            _ = try await store.commitResolvingUnknown(transaction)
            return .done
        } catch {
            switch error {
            case .conflict(.counterBound(let key, let bound, let value, _)): return .bound(key, bound, value: value)
            case .conflict(.documentRevision(let key, _, _)): return .contended(key)
            case .conflict(.streamVersion), .conflict(.transactionReused): return .contended()
            default: throw .failed(error)
            }
        }
    }

    /// Performs a read of the store.
    func reading<Value>(_ body: () async throws(StoreError) -> Value) async throws(CouponError) -> Value {
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
    ) async throws(CouponError) -> Stored<Value>? {
        let stored = try await reading { () async throws(StoreError) in try await store.document(key) }
        guard let stored else { return nil }
        return Stored(value: try decoded(type, from: stored.body), revision: stored.revision)
    }

    /// The value of a counter.
    func counter(_ key: CounterKey) async throws(CouponError) -> Int64 {
        try await reading { () async throws(StoreError) in try await store.counter(key) }
    }

    /// One page of documents.
    func documents(matching query: DocumentQuery) async throws(CouponError) -> DocumentSlice {
        try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
    }

    /// The redemption that a document is.
    func redemption(_ id: RedemptionID, _ document: RedemptionDocument) throws(CouponError) -> Redemption {
        do {
            return try document.redemption(id)
        } catch {
            throw .failed(.notApplied(StoreFailure(.unreadable, "redemption \(id): \(error)")))
        }
    }

    /// A campaign with the version it was read at; refused when there is none.
    func campaign(_ id: CampaignID) async throws(CouponError) -> LoadedAggregate<Campaign> {
        do throws(RepositoryError<CouponRefusal>) {
            let loaded = try await campaigns.load(id)
            guard loaded.exists else { throw RepositoryError.rejected(.unknownCampaign(id)) }
            return loaded
        } catch {
            throw CouponError(error)
        }
    }

    func encoded(_ value: some Encodable) throws(CouponError) -> [UInt8] {
        do throws(PayloadCodecError) {
            return try codec.encode(value)
        } catch {
            throw .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
    }

    func decoded<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws(CouponError) -> Value {
        do throws(PayloadCodecError) {
            return try codec.decode(type, from: bytes)
        } catch {
            throw .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
    }
}

extension CouponError {
    /// What a repository of campaigns says, in the terms of this module.
    init(_ error: RepositoryError<CouponRefusal>) {
        switch error {
        case .rejected(let refusal): self = .refused(refusal)
        case .contended(let attempts): self = .contended(attempts: attempts)
        case .store(let error): self = .failed(error)
        case .unreadable, .unwritable, .badID:
            self = .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
    }
}

/// For a repository that only reads: nothing is recorded, so nothing needs an identifier.
private struct NoIdentifiers: IdentifierSource {
    func nextBits() -> UInt128 { 0 }
}
