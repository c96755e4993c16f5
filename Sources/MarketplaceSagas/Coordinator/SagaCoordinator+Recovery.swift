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
    private static var pageSize: Int { 500 }

    /// Carries on every unfinished saga that is not driven here.
    ///
    /// Call it once at start, when no other process drives sagas of the same store.
    ///
    /// - Returns: Which sagas are on their way again, and which could not be carried on.
    /// - Throws: ``SagaError/store(_:)`` when the list cannot be read.
    public func recover() async throws(SagaError) -> Recovery {
        var recovery = Recovery()
        var query = DocumentQuery.indexed(
            SagaSummary.collection,
            by: SagaSummary.statusIndex,
            prefix: [.text(SagaStatus.running.rawValue)],
            limit: Self.pageSize
        )
        while true {
            let page: DocumentSlice
            do throws(StoreError) {
                page = try await store.documents(matching: query)
            } catch {
                throw .store(error)
            }
            for document in page.documents { await recover(document, &recovery) }
            guard let next = page.next else { return recovery }
            query = query.continued(from: next)
        }
    }

    private func recover(_ document: StoredDocument, _ recovery: inout Recovery) async {
        let summary: SagaSummary
        do throws(StoreError) {
            summary = try SagaSummary(document)
        } catch {
            recovery.unreadable[document.key] = error
            return
        }
        guard state.withLock({ $0.driven[summary.id] == nil }) else { return }
        do throws(SagaError) {
            let registration = try registration(name: summary.definition, version: summary.version)
            try await registration.resume(self, summary, document.key)
            recovery.resumed.append(summary.id)
        } catch {
            recovery.refused[summary.id] = error
            observer.record(SagaLeft(id: summary.id, definition: summary.definition, error: error))
        }
    }

    /// Carries on one unfinished saga.
    func resume<State>(
        _ definition: SagaDefinition<State>,
        _ summary: SagaSummary,
        _ document: DocumentKey
    ) async throws(SagaError) {
        let journal = try await SagaJournal(of: summary.id, definition, in: store)
        var driver = try self.driver(definition, summary, document, journal)
        let ending = OneShot<Result<SagaOutcome<State>, SagaError>>()
        guard enter(summary.id, ending) else { return }
        do throws(SagaError) {
            try await driver.takeOver(journal)
        } catch {
            leave(summary.id)
            throw error
        }
        ContextHeaders.$current.withValue(journal.headers) { run(driver, ending) }
    }

    /// Waits for the end of a saga that is driven elsewhere.
    func awaitOutcome<State>(of handle: SagaHandle<State>) async throws(SagaError) -> SagaOutcome<State> {
        while true {
            guard let summary = try await summary(at: handle.document) else { throw .notFound(handle.id) }
            if summary.status != .running {
                let journal = try await SagaJournal(of: summary.id, handle.definition, in: store)
                var driver = try driver(handle.definition, summary, handle.document, journal)
                try await driver.takeOver(journal)
                return driver.outcome
            }
            do {
                try await clock.sleep(for: configuration.pollInterval, tolerance: nil)
            } catch {
                throw .cancelled
            }
        }
    }

    /// The summary that is stored at a document's key.
    func summary(at document: DocumentKey) async throws(SagaError) -> SagaSummary? {
        do throws(StoreError) {
            return try await store.document(document).map { stored throws(StoreError) in try SagaSummary(stored) }
        } catch {
            throw .store(error)
        }
    }

    private func driver<State>(
        _ definition: SagaDefinition<State>,
        _ summary: SagaSummary,
        _ document: DocumentKey,
        _ journal: SagaJournal
    ) throws(SagaError) -> SagaDriver<State> {
        let input = try Self.mapping(SagaError.payload) { () throws(PayloadCodecError) in
            try codec.decode(State.self, from: journal.start.input)
        }
        return SagaDriver(self, definition, summary, document, state: input)
    }

    static func stream(of id: SagaID) -> StreamID { StreamID("$saga", id) }

    func idempotencyKey(of saga: SagaID, _ part: String) -> IdempotencyKey {
        // An identifier and the name of a step, whose length and bytes the definition has checked.
        IdempotencyKey(unchecked: "\(saga)/\(part)")
    }
}
