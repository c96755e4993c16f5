import MarketplaceCore
import MarketplaceStorage

extension StoreService {
    /// Records a command together with the documents and counters that follow from what it leaves.
    ///
    /// Unlike ``Repository/handle(_:on:key:at:also:)``, what is added to the transaction may depend on what was decided,
    /// and on what is read for it: it is made anew for every attempt. A command that was recorded before, or that
    /// changes nothing, adds nothing.
    func record<Root: Aggregate>(
        _ command: Root.Command,
        on id: Root.ID,
        of repository: Repository<Root>,
        key: IdempotencyKey,
        at time: Timestamp,
        refusing refusal: (Root.Rejection) -> Failure,
        also: (CommandOutcome<Root>, inout Transaction) async throws(Failure) -> Void
    ) async throws(Failure) -> CommandOutcome<Root> {
        try await attempting { () async throws(Failure) -> CommandOutcome<Root>? in
            let transactionID = TransactionID(derivedFrom: Root.category, id.description, key.text)
            var transaction = Transaction(id: transactionID, time: time)
            let outcome: CommandOutcome<Root>
            do throws(RepositoryError<Root.Rejection>) {
                outcome = try await repository.add(to: &transaction, on: id, key: key) { _ in [command] }
            } catch {
                throw Failure(error, refusing: refusal)
            }
            guard !transaction.isEmpty else { return outcome }
            try await also(outcome, &transaction)
            switch try await commit(transaction) {
            case .done: return outcome
            case .contended: return nil
            case .bound(let key, let bound, let value):
                throw .failed(.conflict(.counterBound(key, bound: bound, value: value, delta: 0)))
            }
        }
    }

    /// The aggregate of that id as it is now.
    func load<Root: Aggregate>(
        _ id: Root.ID,
        of repository: Repository<Root>,
        refusing refusal: (Root.Rejection) -> Failure
    ) async throws(Failure) -> LoadedAggregate<Root> {
        do throws(RepositoryError<Root.Rejection>) {
            return try await repository.load(id)
        } catch {
            throw Failure(error, refusing: refusal)
        }
    }

    /// A page of documents and where to read on, decoded.
    func page<Value: Decodable & Sendable>(
        of query: DocumentQuery,
        as type: Value.Type
    ) async throws(Failure) -> (values: [Value], next: DocumentCursor?) {
        let slice = try await reading { () async throws(StoreError) in try await store.documents(matching: query) }
        var values: [Value] = []
        values.reserveCapacity(slice.documents.count)
        for document in slice.documents { values.append(try decoded(type, from: document.body)) }
        return (values, slice.next)
    }
}

extension StoreServiceError {
    /// What a repository says, in the terms of a service.
    init<Rejection>(_ error: RepositoryError<Rejection>, refusing refusal: (Rejection) -> Self) {
        switch error {
        case .rejected(let rejection): self = refusal(rejection)
        case .contended(let attempts): self = .contended(attempts: attempts)
        case .store(let error): self = .failed(error)
        case .unreadable, .unwritable, .badID:
            self = .failed(.notApplied(StoreFailure(.unreadable, error.description)))
        }
    }
}

extension Repository {
    /// The aggregate of that id as it is now.
    ///
    /// What the store says is thrown as it is, because a runner of projections waits out its failures.
    func loadForProjection(_ id: Root.ID) async throws -> LoadedAggregate<Root> {
        do throws(RepositoryError<Root.Rejection>) {
            return try await load(id)
        } catch {
            if case .store(let failure) = error { throw failure }
            throw error
        }
    }
}
