import MarketplaceCore
import MarketplaceStorage

/// Drives one run of a saga: performs what the state machine asks for, and journals what it answers.
struct SagaDriver<State: SagaState>: Sendable {
    let coordinator: SagaCoordinator
    let definition: SagaDefinition<State>
    let document: DocumentKey
    private(set) var summary: SagaSummary
    private(set) var machine: SagaMachine
    private(set) var state: State
    private var version = StreamVersion.none

    init(
        _ coordinator: SagaCoordinator,
        _ definition: SagaDefinition<State>,
        _ summary: SagaSummary,
        _ document: DocumentKey,
        state: State
    ) {
        self.coordinator = coordinator
        self.definition = definition
        self.summary = summary
        self.document = document
        self.state = state
        machine = SagaMachine(definition.shape)
    }

    private var stream: StreamID { SagaCoordinator.stream(of: summary.id) }

    /// Journals the start, together with the summary that keeps the business key unique.
    mutating func begin(_ start: SagaStart) async throws(SagaError) {
        let records = decide(.start(start))
        var transaction = entry(records, headers: .current)
        transaction.write(summary.write(to: document, expecting: .absent))
        try await commit(transaction, records)
    }

    /// Takes over a run that an earlier process left, as its journal has it.
    mutating func takeOver(_ journal: SagaJournal) async throws(SagaError) {
        version = journal.version
        for record in journal.records {
            machine.apply(record)
            if case .done(let step, let output) = record { try restore(output, of: step) }
        }
        guard !machine.actions.isEmpty else { return }
        let records = [SagaRecord.claimed(worker: coordinator.configuration.worker)]
        try await commit(entry(records, headers: ContextHeaders()), records)
    }

    /// Performs step after step until the saga ends or is stuck.
    mutating func drive() async throws(SagaError) -> SagaOutcome<State> {
        while let action = machine.actions.first {
            let signal: SagaSignal
            switch action {
            case .perform(let step): signal = try await perform(step)
            case .undo(let step): signal = try await undo(step)
            }
            let records = decide(signal)
            var transaction = entry(records, headers: ContextHeaders())
            if let status = Self.status(after: records) {
                summary.status = status
                summary.changedAt = transaction.time
                transaction.write(summary.write(to: document, expecting: .any))
            }
            try await commit(transaction, records)
        }
        return outcome
    }

    /// How the run stands now that nothing more is to be done.
    var outcome: SagaOutcome<State> {
        switch machine.phase {
        case .aborted(let abort), .backward(let abort): .aborted(state, abort)
        case .stuck(let stuck): .stuck(state, stuck)
        case .unborn, .forward, .completed: .completed(state)
        }
    }

    private func decide(_ signal: SagaSignal) -> [SagaRecord] {
        machine.decide(signal) { step in definition.steps[step].isWanted?(state) ?? true }
    }

    private mutating func restore(_ output: [UInt8], of step: Int) throws(SagaError) {
        do {
            try definition.steps[step].body.restore(&state, output, coordinator.codec)
        } catch {
            throw .damagedJournal(summary.id, "the output of \(definition.steps[step].shape.name): \(error)")
        }
    }
}

extension SagaDriver {
    /// A transaction that appends one entry to the journal.
    ///
    /// The stream's version is the fence: a worker that was
    /// superseded meanwhile finds another version and fails.
    private func entry(_ records: [SagaRecord], headers: ContextHeaders) -> Transaction {
        let id: EventID = coordinator.identifiers.next()
        // Each entry has a transaction of its own, so both can share their bits.
        var transaction = Transaction(id: TransactionID(bits: id.bits), time: coordinator.wallClock.now)
        let draft = EventDraft(
            id: id,
            name: SagaEntry.eventName,
            schemaVersion: Int(SagaEntry.form),
            payload: SagaEntry.encode(records),
            headers: headers
        )
        transaction.append([draft], to: stream, expecting: .exactly(version))
        return transaction
    }

    private static func status(after records: [SagaRecord]) -> SagaStatus? {
        switch records.last {
        case .completed: .completed
        case .aborted: .aborted
        case .stuck: .stuck
        default: nil
        }
    }

    /// Commits an entry and moves along it; tries again while the store is only out of order.
    private mutating func commit(_ transaction: Transaction, _ records: [SagaRecord]) async throws(SagaError) {
        var failures = 0
        while true {
            do throws(StoreError) {
                _ = try await coordinator.store.commitResolvingUnknown(transaction)
                break
            } catch {
                if case .conflict(.streamVersion) = error { throw .superseded(summary.id) }
                failures += 1
                let pause = coordinator.configuration.journalRetry.pause(
                    afterFailures: failures,
                    random: coordinator.randomness.next()
                )
                guard error.isRetriable, let pause else { throw .store(error) }
                try await rest(pause)
            }
        }
        version = version.advanced(by: 1)
        for record in records { machine.apply(record) }
    }

    /// Waits; a driver whose task is cancelled gives the run up to recovery instead of racing through its pauses.
    private func rest(_ pause: Duration) async throws(SagaError) {
        guard pause > .zero else { return }
        do {
            try await coordinator.clock.sleep(for: pause, tolerance: nil)
        } catch {
            throw .cancelled
        }
    }
}

extension SagaDriver {
    /// Performs a step as often as its policy allows, and says how it ended.
    private mutating func perform(_ index: Int) async throws(SagaError) -> SagaSignal {
        let step = definition.steps[index]
        let key = coordinator.idempotencyKey(of: summary.id, step.shape.name)
        var attempts = StepAttempts(retry: step.retry, rule: step.unknown, canProbe: step.body.probe != nil)
        var next = StepAttempts.Next.perform(after: .zero)
        while true {
            switch next {
            case .perform(let pause):
                try await rest(pause)
                let result = await attempt(step, context(step, key, attempts.attempt), step.body.run)
                switch result {
                case .success(let product):
                    product.restore(&state)
                    note(step, "done")
                    return .done(index, output: product.bytes)
                case .failure(let error):
                    note(step, "failed: \(error)")
                    let effect = EffectOutcome(of: error)
                    next = attempts.ended(.failed(effect, failure(error)), random: random())
                }
            case .probe(let pause):
                try await rest(pause)
                guard let probe = step.body.probe else {
                    return .unknown(index, SagaFailure(reason: "it cannot be probed"))
                }
                switch await attempt(step, context(step, key, attempts.attempt), probe) {
                case .success(.done(let product)):
                    product.restore(&state)
                    note(step, "done, as a probe found out")
                    return .done(index, output: product.bytes)
                case .success(.notDone): next = attempts.ended(.notDone, random: random())
                case .success(.refused(let error)): next = attempts.ended(.refused(failure(error)), random: random())
                case .failure(let error): next = attempts.ended(.failed(failure(error)), random: random())
                }
            case .notDone(let failure): return .notDone(index, failure)
            case .unknown(let failure): return .unknown(index, failure)
            case .done: return .done(index, output: [])
            }
        }
    }

    /// Undoes a step as often as its policy allows, and says how that ended.
    private func undo(_ index: Int) async throws(SagaError) -> SagaSignal {
        let step = definition.steps[index]
        guard let undo = step.body.undo else { return .undone(index) }
        var output: [UInt8]?
        if case .done(let bytes) = machine.steps[index] { output = bytes }
        let effect = output
        let key = coordinator.idempotencyKey(of: summary.id, "\(step.shape.name)/undo")
        var failures = 0
        while true {
            let result = await attempt(step, context(step, key, failures + 1)) { state, context, codec in
                try await undo(state, effect, context, codec)
            }
            guard case .failure(let error) = result else {
                note(step, "undone")
                return .undone(index)
            }
            note(step, "undo failed: \(error)")
            failures += 1
            guard let pause = step.undoRetry.pause(afterFailures: failures, random: random()) else {
                return .undoFailed(index, reason: Self.reason(error))
            }
            try await rest(pause)
        }
    }

    private func attempt<Value: Sendable>(
        _ step: StepBlueprint<State>,
        _ context: StepContext,
        _ body: @escaping @Sendable (State, StepContext, any PayloadCodec) async throws -> Value
    ) async -> Result<Value, any Error> {
        let state = state
        let codec = coordinator.codec
        do {
            guard let timeout = step.timeout else { return .success(try await body(state, context, codec)) }
            return .success(
                try await withDeadline(timeout, clock: coordinator.clock) { try await body(state, context, codec) }
            )
        } catch {
            return .failure(error)
        }
    }

    private func context(_ step: StepBlueprint<State>, _ key: IdempotencyKey, _ attempt: Int) -> StepContext {
        var abort: SagaAbort?
        if case .backward(let reason) = machine.phase { abort = reason }
        return StepContext(
            saga: summary.id,
            step: step.shape.name,
            idempotencyKey: key,
            attempt: attempt,
            time: coordinator.wallClock.now,
            abort: abort
        )
    }

    private func note(_ step: StepBlueprint<State>, _ outcome: @autoclosure () -> String) {
        coordinator.observer.record(
            SagaStepEnded(
                id: summary.id,
                definition: definition.name,
                step: step.shape.name,
                outcome: outcome()
            )
        )
    }

    private func random() -> UInt64 { coordinator.randomness.next() }

    /// What is journalled of an error: its text, and its facts when the codec can write them.
    private func failure(_ error: any Error) -> SagaFailure {
        guard let encodable = error as? any Encodable, let bytes = try? coordinator.codec.encode(encodable),
            bytes.count <= SagaLimits.encodedErrorLength
        else {
            return SagaFailure(reason: Self.reason(error))
        }
        return SagaFailure(reason: Self.reason(error), encodedError: bytes)
    }

    private static func reason(_ error: any Error) -> String {
        let text = "\(error)"
        guard text.utf8.count > SagaLimits.reasonLength else { return text }
        return String(decoding: text.utf8.prefix(SagaLimits.reasonLength), as: UTF8.self)
    }
}
