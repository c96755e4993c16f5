import MarketplaceCore
import MarketplaceStorage

extension SagaCoordinator {
    /// Turns a saga around, completed or not, or sees to it that it is never started.
    ///
    /// - Returns: A handle to wait for its end with; nil when it was never started.
    func undoOrForestall<State: SagaState>(
        _ definition: SagaDefinition<State>,
        key: SagaKey
    ) async throws(SagaError) -> SagaHandle<State>? {
        let document = try Self.documentKey(definition.name, key)
        if try await summary(at: document) == nil, try await forestall(definition, key, document) { return nil }
        guard let found = try await summary(at: document), found.status != .aborted else { return nil }
        try await undo(definition.name, key: key, because: "the saga that ran it has turned around")
        return SagaHandle(
            id: found.id,
            isNew: false,
            coordinator: self,
            definition: definition,
            document: document,
            ending: ending(of: found.id)
        )
    }

    /// Takes the place of a saga that was never started, so that a late start finds it aborted; false when somebody
    /// was faster.
    private func forestall<State>(
        _ definition: SagaDefinition<State>,
        _ key: SagaKey,
        _ document: DocumentKey
    ) async throws(SagaError) -> Bool {
        var summary = newSummary(of: definition, key, inputDigest: ContentDigest().value)
        summary.status = .aborted
        summary.owner = ""
        summary.reason = "it was called off before it was started"
        summary.hasJournal = false
        var transaction = Transaction(id: TransactionID(bits: summary.id.bits), time: wallClock.now)
        transaction.write(summary.write(to: document, expecting: .absent))
        do throws(StoreError) {
            _ = try await store.commitResolvingUnknown(transaction)
            return true
        } catch {
            if case .conflict(.documentRevision) = error { return false }
            throw .store(error)
        }
    }
}
