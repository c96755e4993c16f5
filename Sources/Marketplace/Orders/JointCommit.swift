import MarketplaceCore
import MarketplaceStorage

/// Records what several aggregates decide, and documents that go with them, in one transaction.
struct JointCommit: Sendable {
    /// How often it is decided anew after a lost race: as often as a repository does.
    static let attempts = 16

    let store: any Store
    let identifiers: any IdentifierSource

    /// Lets `body` add to a transaction and commits it; again when others were faster.
    ///
    /// Whoever adds gives each aggregate's command a key, by which a repetition adds nothing.
    func callAsFunction<Failure: StoreServiceError>(
        at time: Timestamp,
        _ body: (inout Transaction) async throws(Failure) -> Void
    ) async throws(Failure) {
        for _ in 0..<Self.attempts {
            var transaction = Transaction(id: identifiers.next(), time: time)
            try await body(&transaction)
            guard !transaction.isEmpty else { return }
            do throws(StoreError) {
                _ = try await store.commitResolvingUnknown(transaction)
                return
            } catch {
                guard error.isContention else { throw .failed(error) }
            }
        }
        throw .contended(attempts: Self.attempts)
    }
}
