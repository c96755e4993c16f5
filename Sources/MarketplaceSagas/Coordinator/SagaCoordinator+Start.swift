public import MarketplaceCore
import MarketplaceStorage

extension SagaCoordinator {
    /// Starts a saga, or finds the one that was started before with the same key and input.
    ///
    /// - Parameters:
    ///   - definition: What to do; it must be registered.
    ///   - input: The state to begin with.
    ///   - key: The business key. At most one saga of the definition's name exists per key.
    ///   - deadline: When it turns around by itself, unless it is past its point of no return; nil for never.
    /// - Returns: A handle of the saga, which is journalled and on its way.
    /// - Throws: ``SagaError/inputMismatch(name:key:existing:)`` when the key was used with another input; another
    ///   error when the saga could not be journalled, in which case it was not started unless the outcome is unknown.
    public func start<State: SagaState>(
        _ definition: SagaDefinition<State>,
        _ input: State,
        key: SagaKey,
        deadline: Timestamp? = nil
    ) async throws(SagaError) -> SagaHandle<State> {
        try checkRegistered(definition)
        let document = try Self.documentKey(definition.name, key)
        let bytes = try Self.mapping(SagaError.payload) { () throws(PayloadCodecError) in try codec.encode(input) }
        let summary = newSummary(of: definition, key, inputDigest: Self.digest(of: bytes))
        let start = SagaStart(
            definition: definition.name,
            version: definition.version,
            fingerprint: definition.fingerprint,
            key: key,
            input: bytes,
            worker: configuration.worker,
            deadline: deadline
        )
        let ending = SagaEnding<State>()
        guard enter(summary.id, ending) else { throw .draining }
        var driver = SagaDriver(self, definition, summary, document, state: input)
        do throws(SagaError) {
            try await driver.begin(start)
        } catch {
            leave(summary.id)
            guard case .store(.conflict(.documentRevision)) = error else {
                // Its outcome may be unknown: should it have begun, it is not left alone.
                noteLeft()
                throw error
            }
            return try await existing(definition, summary, document)
        }
        run(driver, ending)
        return SagaHandle(
            id: summary.id,
            isNew: true,
            coordinator: self,
            definition: definition,
            document: document,
            ending: ending
        )
    }

    /// Drives a saga in a task of its own until it ends, is stuck, waits, or must be left for recovery.
    func run<State>(_ driver: SagaDriver<State>, _ ending: SagaEnding<State>) {
        // Unstructured on purpose: the saga must go on when its starter is cancelled, and keep the task-locals.
        Task {
            var driver = driver
            let result: Result<SagaDriver<State>.End, SagaError>
            do throws(SagaError) {
                result = .success(try await driver.drive())
            } catch {
                observer.record(SagaLeft(id: driver.summary.id, definition: driver.definition.name, error: error))
                if error != .superseded(driver.summary.id) { noteLeft() }
                result = .failure(error)
            }
            let wasWoken = leave(driver.summary.id)
            ending.settle(result)
            if wasWoken { await wake(driver.summary.id, driver.document) }
        }
    }

    /// The saga that a start found in its place.
    private func existing<State>(
        _ definition: SagaDefinition<State>,
        _ wanted: SagaSummary,
        _ document: DocumentKey
    ) async throws(SagaError) -> SagaHandle<State> {
        guard let found = try await summary(at: document) else { throw .notFound(wanted.id) }
        guard found.inputDigest == wanted.inputDigest else {
            throw .inputMismatch(name: definition.name, key: wanted.key, existing: found.id)
        }
        return SagaHandle(
            id: found.id,
            isNew: false,
            coordinator: self,
            definition: definition,
            document: document,
            ending: ending(of: found.id)
        )
    }

    func newSummary<State>(
        of definition: SagaDefinition<State>,
        _ key: SagaKey,
        inputDigest: ContentDigest.Value
    ) -> SagaSummary {
        let now = wallClock.now
        return SagaSummary(
            id: identifiers.next(),
            definition: definition.name,
            version: definition.version,
            key: key,
            status: .running,
            startedAt: now,
            changedAt: now,
            owner: configuration.worker,
            wakeAt: nil,
            reason: "",
            hasJournal: true,
            inputDigest: inputDigest
        )
    }

    private func checkRegistered<State>(_ definition: SagaDefinition<State>) throws(SagaError) {
        let registered = try registration(name: definition.name, version: definition.version)
        guard registered.shape == definition.shape else {
            throw .changedDefinition(name: definition.name, version: definition.version)
        }
    }

    private static func digest(of bytes: [UInt8]) -> ContentDigest.Value {
        var digest = ContentDigest()
        digest.combine(bytes)
        return digest.value
    }

    /// What `body` returns; what it throws as an error of sagas.
    static func mapping<Value, Failure: Error>(
        _ wrap: (Failure) -> SagaError,
        _ body: () throws(Failure) -> Value
    ) throws(SagaError) -> Value {
        do throws(Failure) {
            return try body()
        } catch {
            throw wrap(error)
        }
    }
}
