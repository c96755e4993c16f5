public import MarketplaceCore
import MarketplaceStorage
import Synchronization

extension SagaCoordinator {
    /// Starts a saga, or finds the one that was started before with the same key and input.
    ///
    /// - Parameters:
    ///   - definition: What to do; it must be registered.
    ///   - input: The state to begin with.
    ///   - key: The business key. At most one saga of the definition's name exists per key.
    /// - Returns: A handle of the saga, which is journalled and on its way.
    /// - Throws: ``SagaError/inputMismatch(name:key:existing:)`` when the key was used with another input; another
    ///   error when the saga could not be journalled, in which case it was not started unless the outcome is unknown.
    public func start<State: SagaState>(
        _ definition: SagaDefinition<State>,
        _ input: State,
        key: SagaKey
    ) async throws(SagaError) -> SagaHandle<State> {
        try checkRegistered(definition)
        let document = try Self.documentKey(of: definition, key)
        let bytes = try Self.mapping(SagaError.payload) { () throws(PayloadCodecError) in try codec.encode(input) }
        let now = wallClock.now
        let summary = SagaSummary(
            id: identifiers.next(),
            definition: definition.name,
            version: definition.version,
            key: key,
            status: .running,
            startedAt: now,
            changedAt: now,
            inputDigest: Self.digest(of: bytes)
        )
        let start = SagaStart(
            definition: definition.name,
            version: definition.version,
            fingerprint: definition.fingerprint,
            key: key,
            input: bytes,
            worker: configuration.worker
        )
        let ending = OneShot<Result<SagaOutcome<State>, SagaError>>()
        guard enter(summary.id, ending) else { throw .draining }
        var driver = SagaDriver(self, definition, summary, document, state: input)
        do throws(SagaError) {
            try await driver.begin(start)
        } catch {
            leave(summary.id)
            guard case .store(.conflict(.documentRevision)) = error else { throw error }
            return try await existing(definition, summary, document)
        }
        observer.record(SagaStarted(id: summary.id, definition: definition.name))
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

    /// Drives a saga in a task of its own until it ends, is stuck or must be left for recovery.
    func run<State>(_ driver: SagaDriver<State>, _ ending: OneShot<Result<SagaOutcome<State>, SagaError>>) {
        // Unstructured on purpose: the saga must go on when its starter is cancelled, and keep the task-locals.
        Task {
            var driver = driver
            let result: Result<SagaOutcome<State>, SagaError>
            do throws(SagaError) {
                result = .success(try await driver.drive())
            } catch {
                observer.record(SagaLeft(id: driver.summary.id, definition: driver.definition.name, error: error))
                result = .failure(error)
            }
            leave(driver.summary.id)
            ending.settle(result)
        }
    }

    /// The saga that a start found in its place.
    private func existing<State>(
        _ definition: SagaDefinition<State>,
        _ wanted: SagaSummary,
        _ document: DocumentKey
    ) async throws(SagaError) -> SagaHandle<State> {
        let found = try await summary(at: document)
        guard let found else { throw .notFound(wanted.id) }
        guard found.inputDigest == wanted.inputDigest else {
            throw .inputMismatch(name: definition.name, key: wanted.key, existing: found.id)
        }
        let driven = state.withLock { $0.driven[found.id] }
        return SagaHandle(
            id: found.id,
            isNew: false,
            coordinator: self,
            definition: definition,
            document: document,
            ending: driven as? OneShot<Result<SagaOutcome<State>, SagaError>>
        )
    }

    private func checkRegistered<State>(_ definition: SagaDefinition<State>) throws(SagaError) {
        let registered = try registration(name: definition.name, version: definition.version)
        guard registered.fingerprint == definition.fingerprint else {
            throw .changedDefinition(name: definition.name, version: definition.version)
        }
    }

    private static func documentKey<State>(
        of definition: SagaDefinition<State>,
        _ key: SagaKey
    ) throws(SagaError) -> DocumentKey {
        try mapping(SagaError.badKey) { () throws(TextKeyError) in
            try SagaSummary.documentKey(definition: definition.name, key: key)
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
