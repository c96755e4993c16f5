public import MarketplaceCore
public import MarketplaceStorage
import Synchronization

extension SagaCoordinator {
    /// What ``recover()`` found.
    public struct Recovery: Sendable {
        /// The sagas that are on their way again.
        public internal(set) var resumed: [SagaID] = []
        /// The sagas that could not be carried on, and why.
        ///
        /// They are left as they are and hold up nobody else.
        public internal(set) var refused: [SagaID: SagaError] = [:]
        /// The stored summaries that cannot be read, and why; which sagas they are of is not known.
        public internal(set) var unreadable: [DocumentKey: StoreError] = [:]
    }

    /// The most sagas looked at in one read.
    static var pageSize: Int { 500 }

    /// Carries on every unfinished saga that is not driven here, at once.
    ///
    /// For a process that knows to be the only one: call it at start. With several, ``run()`` notices which sagas
    /// have lost their worker.
    ///
    /// - Returns: Which sagas are on their way again, and which could not be carried on.
    /// - Throws: ``SagaError/store(_:)`` when the list cannot be read.
    public func recover() async throws(SagaError) -> Recovery {
        var recovery = Recovery()
        let query = DocumentQuery.indexed(
            SagaSummary.collection,
            by: SagaSummary.Index.status,
            prefix: [.text(SagaStatus.running.rawValue)],
            limit: Self.pageSize
        )
        try await forEachDocument(query) { document in
            await self.pickUp(document, &recovery)
            return true
        }
        return recovery
    }

    /// Takes over the saga of a summary, and notes what came of it.
    func pickUp(_ document: StoredDocument, _ recovery: inout Recovery) async {
        let summary: SagaSummary
        do throws(StoreError) {
            summary = try SagaSummary(document)
        } catch {
            recovery.unreadable[document.key] = error
            return
        }
        guard state.withLock({ $0.driven[summary.id] == nil && $0.quarantined[summary.id] == nil }) else { return }
        do throws(SagaError) {
            let registration = try registration(name: summary.definition, version: summary.version)
            if try await registration.resume(self, summary, document.key) { recovery.resumed.append(summary.id) }
        } catch {
            recovery.refused[summary.id] = error
            if error.effect == .refused {
                state.withLock { $0.quarantined[summary.id] = error }
            } else {
                noteLeft()
            }
            observer.record(SagaLeft(id: summary.id, definition: summary.definition, error: error))
        }
    }

    /// Takes over one saga.
    ///
    /// - Returns: Whether it was taken over: not when it is driven here already, or has ended or got stuck since it was
    ///   listed.
    func resume<State>(
        _ definition: SagaDefinition<State>,
        _ summary: SagaSummary,
        _ document: DocumentKey
    ) async throws(SagaError) -> Bool {
        let ending = SagaEnding<State>()
        guard enter(summary.id, ending) else {
            guard state.withLock(\.isDraining) else { return false }
            throw .draining
        }
        do throws(SagaError) {
            guard let summary = try await self.summary(at: document), !summary.status.isEnded, summary.status != .stuck
            else {
                leave(summary.id)
                ending.settle(.success(.parked))
                return false
            }
            let journal = try await SagaJournal(of: summary.id, definition, in: store)
            var driver = try replayed(definition, summary, document, journal)
            try await driver.claim(after: journal.fruitlessClaims)
            ContextHeaders.$current.withValue(journal.headers) { run(driver, ending) }
            return true
        } catch {
            leave(summary.id)
            ending.settle(.failure(error))
            throw error
        }
    }

    /// How a saga has ended or where it is stuck; nil while it is on its way or waits.
    func outcome<State>(of handle: SagaHandle<State>) async throws(SagaError) -> SagaOutcome<State>? {
        guard let summary = try await summary(at: handle.document) else { throw .notFound(handle.id) }
        guard summary.status.isEnded || summary.status == .stuck else { return nil }
        guard summary.hasJournal else { throw .forgotten(summary.id, summary.status) }
        let journal = try await SagaJournal(of: summary.id, handle.definition, in: store)
        return try replayed(handle.definition, summary, handle.document, journal).outcome
    }

    /// The summary that is stored at a document's key.
    func summary(at document: DocumentKey) async throws(SagaError) -> SagaSummary? {
        try await storedSummary(at: document)?.summary
    }

    /// The summary that is stored at a document's key, with its revision.
    func storedSummary(
        at document: DocumentKey
    ) async throws(SagaError) -> (summary: SagaSummary, revision: DocumentRevision)? {
        do throws(StoreError) {
            guard let stored = try await store.document(document) else { return nil }
            return (try SagaSummary(stored), stored.revision)
        } catch {
            throw .store(error)
        }
    }

    static func summary(of stored: StoredDocument) throws(SagaError) -> SagaSummary {
        try mapping(SagaError.store) { () throws(StoreError) in try SagaSummary(stored) }
    }

    /// Calls `body` with every document of a query, until it returns false.
    func forEachDocument(
        _ query: DocumentQuery,
        _ body: (StoredDocument) async throws(SagaError) -> Bool
    ) async throws(SagaError) {
        var query = query
        while true {
            let page: DocumentSlice
            do throws(StoreError) {
                page = try await store.documents(matching: query)
            } catch {
                throw .store(error)
            }
            for document in page.documents {
                guard try await body(document) else { return }
            }
            guard let next = page.next else { return }
            query = query.continued(from: next)
        }
    }

    private func replayed<State>(
        _ definition: SagaDefinition<State>,
        _ summary: SagaSummary,
        _ document: DocumentKey,
        _ journal: SagaJournal
    ) throws(SagaError) -> SagaDriver<State> {
        let input = try Self.mapping(SagaError.payload) { () throws(PayloadCodecError) in
            try codec.decode(State.self, from: journal.start.input)
        }
        var driver = SagaDriver(self, definition, summary, document, state: input)
        try driver.replay(journal)
        return driver
    }
}
