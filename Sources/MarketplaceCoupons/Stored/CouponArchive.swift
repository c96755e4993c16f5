import MarketplaceCore
import MarketplaceStorage

/// What all services of this module do with the store: read, decode, commit, and tell a race from a refusal.
struct CouponArchive: StoreService {
    package typealias Failure = CouponError

    package let store: any Store
    package let codec: any PayloadCodec
    package let maximumAttempts: Int
    private let campaigns: Repository<Campaign>

    init(store: any Store, codec: any PayloadCodec, maximumAttempts: Int) {
        self.store = store
        self.codec = codec
        self.maximumAttempts = max(1, maximumAttempts)
        campaigns = Repository(in: store, codec: codec, identifiers: NoIdentifiers())
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
