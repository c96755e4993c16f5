import MarketplaceCore
import MarketplaceStorage
import Synchronization

extension SagaCoordinator {
    /// Works until it is drained or cancelled: picks up sagas whose time has come and those whose worker has died,
    /// and trims the journals of those that ended long ago.
    ///
    /// Several workers can run over one store. A look that fails because the store cannot be reached is repeated at
    /// the next turn.
    public func run() async throws(SagaError) {
        let watch = SagaWorkerWatch(lease: configuration.lease)
        await control.once { () async in
            while !control.shouldStop {
                let room = room.version
                state.withLock { $0.lackedRoom = false }
                do throws(SagaError) {
                    try await giveSignOfLife()
                    try await pickUpLeft()
                    try await pickUpDue()
                    try await pickUpOrphans(watch)
                    try await trimJournals()
                } catch {
                    observer.record(SagaWorkerFailed(worker: configuration.worker, error: error))
                }
                await control.idle { await self.restBetweenLooks(room) }
            }
            await outliveDriven()
        }
    }

    /// Waits for the next turn, which comes early when there was no room for more sagas and now is.
    private func restBetweenLooks(_ room: UInt64) async {
        let end = timeline.deadline(after: configuration.pollInterval)
        if state.withLock({ $0.lackedRoom }) {
            await self.room.wait(since: room, until: end, on: timeline)
        } else {
            await timeline.sleep(until: end)
        }
    }

    /// Gives signs of life as long as sagas are driven here while the worker drains: others must not take them over.
    private func outliveDriven() async {
        let idle = OneShot<Void>()
        let isBusy = state.withLock { state in
            guard state.isDraining, !state.driven.isEmpty else { return false }
            state.drained.append(idle)
            return true
        }
        guard isBusy else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { _ = await idle.value() }
            group.addTask {
                while !Task.isCancelled {
                    try? await self.giveSignOfLife()
                    try? await self.clock.sleep(for: self.configuration.pollInterval, tolerance: nil)
                }
            }
            await group.next()
            group.cancelAll()
        }
    }

    static let workerCollection: DocumentCollection = "$saga-worker"

    private static func workerDocument(_ worker: String) throws(SagaError) -> DocumentKey {
        try mapping(SagaError.badKey) { () throws(TextKeyError) in
            DocumentKey(workerCollection, try TextKey(validating: worker))
        }
    }

    /// Writes the one document by which others see that this worker is alive: its revision moves.
    private func giveSignOfLife() async throws(SagaError) {
        var transaction = Transaction(id: identifiers.next(), time: wallClock.now)
        transaction.write(DocumentWrite(try Self.workerDocument(configuration.worker), body: []))
        try await commit(transaction)
        let now = timeline.now
        state.withLock { $0.lastSignOfLife = now }
    }

    /// Gives a sign of life in the middle of a look that takes long.
    private func giveSignOfLifeWhenDue() async throws(SagaError) {
        guard let last = state.withLock({ $0.lastSignOfLife }), timeline.now - last >= configuration.pollInterval else {
            return
        }
        try await giveSignOfLife()
    }

    /// Picks up the sagas of this worker's name that nobody drives.
    private func pickUpLeft() async throws(SagaError) {
        let isDue = state.withLock { state in
            defer { state.mayHaveLeftSagas = false }
            return state.mayHaveLeftSagas
        }
        guard isDue else { return }
        do throws(SagaError) {
            try await pickUpAll(ofWorker: configuration.worker)
            if !hasRoom { noteLeft() }
        } catch {
            noteLeft()
            throw error
        }
    }

    private func pickUpAll(ofWorker worker: String) async throws(SagaError) {
        try await pickUpAll(
            .indexed(SagaSummary.collection, by: SagaSummary.Index.owner, prefix: [.text(worker)], limit: Self.pageSize)
        )
    }

    /// Picks up sagas that wait for a point in time that has come.
    private func pickUpDue() async throws(SagaError) {
        let query = DocumentQuery.indexed(
            SagaSummary.collection,
            by: SagaSummary.Index.due,
            atMost: .time(wallClock.now),
            limit: Self.pageSize
        )
        try await pickUpAll(query)
    }

    /// Picks up the sagas of workers that gave no sign of life for a lease.
    private func pickUpOrphans(_ watch: SagaWorkerWatch) async throws(SagaError) {
        var seen: Set<String> = []
        var after: IndexValue?
        // One look per worker that has sagas, not per saga: the next look begins behind the owner just seen.
        while let owner = try await nextOwner(after: after) {
            after = .text(owner + "\u{1}")
            seen.insert(owner)
            guard owner != configuration.worker else { continue }
            let revision = try await revision(ofWorker: owner)
            guard watch.isDead(owner, revision: revision, now: timeline.now) else { continue }
            try await pickUpAll(ofWorker: owner)
        }
        watch.keep(only: seen)
    }

    /// The first worker behind `bound` that has sagas on their way.
    private func nextOwner(after bound: IndexValue?) async throws(SagaError) -> String? {
        var owner: String?
        let query = DocumentQuery.indexed(
            SagaSummary.collection,
            by: SagaSummary.Index.owner,
            atLeast: bound,
            limit: 1
        )
        try await forEachDocument(query) { (document) throws(SagaError) in
            owner = try Self.summary(of: document).owner
            return false
        }
        return owner
    }

    private func revision(ofWorker worker: String) async throws(SagaError) -> DocumentRevision? {
        let key = try Self.workerDocument(worker)
        do throws(StoreError) {
            return try await store.document(key)?.revision
        } catch {
            throw .store(error)
        }
    }

    /// Picks up the sagas of a query, as far as there is room for more.
    private func pickUpAll(_ query: DocumentQuery) async throws(SagaError) {
        try await forEachDocument(query) { (document) throws(SagaError) in
            guard !self.control.shouldStop else { return false }
            guard self.hasRoom else {
                self.state.withLock { $0.lackedRoom = true }
                return false
            }
            var recovery = Recovery()
            await self.pickUp(document, &recovery)
            try await self.giveSignOfLifeWhenDue()
            return true
        }
    }

    private var hasRoom: Bool {
        state.withLock { $0.driven.count < configuration.maximumDriven }
    }

    /// Trims the journals of sagas that ended before the retention; their summaries stay.
    private func trimJournals() async throws(SagaError) {
        let limit = wallClock.now.advanced(by: .zero - configuration.retention)
        let query = DocumentQuery.indexed(
            SagaSummary.collection,
            by: SagaSummary.Index.journal,
            atMost: .time(limit),
            limit: Self.pageSize
        )
        try await forEachDocument(query) { (document) throws(SagaError) in
            var summary = try Self.summary(of: document)
            summary.hasJournal = false
            var transaction = Transaction(id: self.identifiers.next(), time: self.wallClock.now)
            transaction.trim(.whole(Self.stream(of: summary.id)))
            transaction.write(summary.write(to: document.key, expecting: .exactly(document.revision)))
            try await self.commit(transaction)
            try await self.giveSignOfLifeWhenDue()
            return !self.control.shouldStop
        }
    }

    /// Commits; somebody else's being faster is as good.
    private func commit(_ transaction: Transaction) async throws(SagaError) {
        do throws(StoreError) {
            _ = try await store.commitResolvingUnknown(transaction)
        } catch {
            if case .conflict = error { return }
            throw .store(error)
        }
    }
}
