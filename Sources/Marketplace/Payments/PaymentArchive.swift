import MarketplaceCore
import MarketplaceStorage

/// What the services of payments do with the store: read, decode, commit, and tell a race from a refusal.
struct PaymentArchive<Failure: StoreServiceError>: StoreService {
    package let store: any Store
    package let codec: any PayloadCodec
    package let maximumAttempts: Int

    init(_ environment: ServiceEnvironment, attempts: Int = 16) {
        store = environment.store
        codec = environment.codec
        maximumAttempts = attempts
    }

    /// One page of documents.
    func documents(matching query: DocumentQuery) async throws(Failure) -> DocumentSlice {
        try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
    }

    /// The documents that match, page after page, at most so many of all.
    func documents(matching query: DocumentQuery, upTo limit: Int) async throws(Failure) -> [StoredDocument] {
        var found: [StoredDocument] = []
        var query = query
        while true {
            let slice = try await documents(matching: query)
            found += slice.documents.prefix(limit - found.count)
            guard found.count < limit, let next = slice.next else { return found }
            query = query.continued(from: next)
        }
    }

    /// Commits what nobody else can stand in the way of.
    func write(_ transaction: Transaction) async throws(Failure) {
        do throws(StoreError) {
            _ = try await store.commitResolvingUnknown(transaction)
        } catch {
            throw .failed(error)
        }
    }
}
