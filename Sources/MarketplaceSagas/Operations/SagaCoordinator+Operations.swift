public import MarketplaceCore
import MarketplaceStorage
import Synchronization

extension SagaCoordinator {
    /// How often something is appended to a journal anew because the saga moved meanwhile.
    private static var appendAttempts: Int { 16 }

    /// Sends a signal to a saga, from any process.
    ///
    /// The first signal of a name is kept until the saga waits for it; later ones of that name change nothing.
    ///
    /// - Parameters:
    ///   - name: The name of the ``AwaitSignal``.
    ///   - payload: What goes into the saga's state.
    ///   - definition: The name of the saga's definition.
    ///   - key: The saga's business key.
    /// - Throws: ``SagaError/unknownSaga(name:key:)``, ``SagaError/alreadyEnded(_:_:)``, or why it could not be sent.
    ///   Where the saga's definition is registered, ``SagaError/unknownSignal(_:known:)`` and a payload of another type
    ///   than the signal's are refused too; elsewhere the sender answers for them.
    public func signal(
        _ name: String,
        _ payload: some Encodable & Sendable,
        to definition: String,
        key: SagaKey
    ) async throws(SagaError) {
        let bytes = try Self.mapping(SagaError.payload) { () throws(PayloadCodecError) in try codec.encode(payload) }
        let found = try await summary(at: try Self.documentKey(definition, key))
        if let found, let registration = registrations[definition]?[found.version] {
            try registration.checkSignal(name, bytes, codec)
        }
        try await append(.signalled(name, payload: bytes), to: definition, key) { !$0.isEnded }
    }

    /// Asks a saga to turn around, from any process.
    ///
    /// Before the point of no return it undoes what was done, once the step that is under way has an outcome; after
    /// it, the wish changes nothing.
    ///
    /// - Parameters:
    ///   - definition: The name of the saga's definition.
    ///   - key: The saga's business key.
    ///   - reason: Why; it is journalled.
    /// - Throws: ``SagaError/unknownSaga(name:key:)``, ``SagaError/alreadyEnded(_:_:)``, or why it could not be asked.
    public func cancel(_ definition: String, key: SagaKey, because reason: String) async throws(SagaError) {
        try await append(.cancelRequested(reason), to: definition, key) { !$0.isEnded }
    }

    /// Moves a saga that is stuck on.
    ///
    /// - Parameters:
    ///   - operation: What was decided, by whom and why; it is journalled.
    ///   - definition: The name of the saga's definition.
    ///   - key: The saga's business key.
    /// - Throws: ``SagaError/notStuck(_:_:)`` when it is not stuck, ``SagaError/nothingToCompensate(_:_:)`` when
    ///   ``SagaOperation/Verb/markCompensated`` is said of one that stands still on its way forward, or why it could not
    ///   be moved on.
    public func operate(
        _ operation: SagaOperation,
        on definition: String,
        key: SagaKey
    ) async throws(SagaError) {
        if operation.verb == .markCompensated { try await requireBackward(definition, key) }
        try await append(.operated(operation), to: definition, key) { $0 == .stuck }
    }

    /// Refuses a saga that is stuck on its way forward: it has no undo that could have been done by hand.
    ///
    /// A look before the record is appended is enough: a saga that is stuck at an undo never goes forward again.
    private func requireBackward(_ definition: String, _ key: SagaKey) async throws(SagaError) {
        let document = try Self.documentKey(definition, key)
        guard let found = try await summary(at: document), found.status == .stuck, found.hasJournal else { return }
        for record in try await SagaJournal(of: found.id, in: store).records.reversed() {
            guard case .stuck(let stuck) = record else { continue }
            if stuck.direction == .forward { throw .nothingToCompensate(found.id, stuck) }
            return
        }
    }

    /// Turns a saga around even when it has completed, if it has no point of no return; for the undo of a step that
    /// ran it.
    func undo(_ definition: String, key: SagaKey, because reason: String) async throws(SagaError) {
        try await append(.cancelRequested(reason), to: definition, key) { $0 != .aborted }
    }

    /// Appends a record from outside, and wakes the saga if nobody drives it.
    private func append(
        _ record: SagaRecord,
        to definition: String,
        _ key: SagaKey,
        where isAllowed: (SagaStatus) -> Bool
    ) async throws(SagaError) {
        let document = try Self.documentKey(definition, key)
        for _ in 0..<Self.appendAttempts {
            guard let (found, revision) = try await storedSummary(at: document) else {
                throw .unknownSaga(name: definition, key: key)
            }
            guard isAllowed(found.status) else {
                throw found.status.isEnded ? .alreadyEnded(found.id, found.status) : .notStuck(found.id, found.status)
            }
            guard found.hasJournal else { throw .forgotten(found.id, found.status) }
            guard try await commit(record, found, document, revision) else { continue }
            if found.status != .running { await wake(found.id, document) }
            return
        }
        throw .store(.conflict(.documentRevision(document, expected: nil, actual: nil)))
    }

    /// Commits a record from outside; false when the saga moved meanwhile.
    private func commit(
        _ record: SagaRecord,
        _ found: SagaSummary,
        _ document: DocumentKey,
        _ revision: DocumentRevision
    ) async throws(SagaError) -> Bool {
        let id: EventID = identifiers.next()
        var transaction = Transaction(id: TransactionID(bits: id.bits), time: wallClock.now)
        let draft = EventDraft(
            id: id,
            name: SagaEntry.eventName,
            schemaVersion: Int(SagaEntry.form),
            payload: SagaEntry.encode([record])
        )
        transaction.append([draft], to: Self.stream(of: found.id), expecting: .any)
        if found.status == .running {
            transaction.require(.document(document, at: revision))
        } else {
            var summary = found
            summary.status = .waiting
            summary.wakeAt = transaction.time
            transaction.write(summary.write(to: document, expecting: .exactly(revision)))
        }
        do throws(StoreError) {
            _ = try await store.commitResolvingUnknown(transaction)
            return true
        } catch {
            if case .conflict(.documentRevision) = error { return false }
            throw .store(error)
        }
    }

    /// Picks a saga up that waits; it is found by the workers' own look-out as well, should this fail.
    func wake(_ id: SagaID, _ document: DocumentKey) async {
        let isStillDriven = state.withLock { state in
            guard state.driven[id] != nil else { return false }
            // Its driver is about to leave and wakes it then.
            state.woken.insert(id)
            return true
        }
        guard !isStillDriven else { return }
        guard let stored = try? await store.document(document) else { return }
        var recovery = Recovery()
        await pickUp(stored, &recovery)
    }
}
