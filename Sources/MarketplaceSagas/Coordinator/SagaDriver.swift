import MarketplaceCore
import MarketplaceStorage

/// Drives one run of a saga: performs what the state machine asks for, and journals what it answers.
struct SagaDriver<State: SagaState>: Sendable {
    /// Why a driver has nothing more to do.
    enum End {
        /// The saga is over, or stuck.
        case ended(SagaOutcome<State>)
        /// The saga waits, in nobody's hands.
        case parked
    }

    /// What is to be journalled, and the state that goes with it.
    struct Decision {
        var records: [SagaRecord]
        var state: State
    }

    let coordinator: SagaCoordinator
    let definition: SagaDefinition<State>
    let document: DocumentKey
    private(set) var summary: SagaSummary
    private(set) var machine: SagaMachine
    private(set) var state: State
    /// The steps that were under way when the run was taken over: an earlier attempt may have happened.
    private(set) var stepsInDoubt: Set<Int> = []
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
        let decision = try decision(on: [.start(start)])
        guard try await commit(decision, headers: .current, expecting: .absent) else {
            throw .superseded(summary.id)
        }
    }

    /// Reads a run back as its journal has it, without changing anything.
    mutating func replay(_ journal: SagaJournal) throws(SagaError) {
        version = journal.version
        for record in journal.records {
            machine.apply(record)
            if case .done(let step, let output) = record { try restore(output, of: step, in: &state) }
        }
    }

    /// Takes over a run that was replayed: whoever drove it before finds another version of the journal and fails.
    mutating func claim(after fruitlessClaims: Int) async throws(SagaError) {
        stepsInDoubt = Set(machine.steps.indices.filter { machine.steps[$0] == .intended })
        var decision = Decision(records: [], state: state)
        if fruitlessClaims >= coordinator.configuration.maximumFruitlessClaims, let action = machine.actions.first {
            decision.records = [.stuck(stuckByCrashes(action, fruitlessClaims))]
        } else {
            decision = try self.decision(on: [.interrupted])
        }
        decision.records.insert(.claimed(worker: coordinator.configuration.worker), at: 0)
        summary.owner = coordinator.configuration.worker
        summary.status = .running
        guard try await commit(decision, headers: ContextHeaders(), expecting: .any) else {
            throw .superseded(summary.id)
        }
    }

    /// Performs what is to be done until the saga ends, is stuck or waits.
    mutating func drive() async throws(SagaError) -> End {
        while true {
            let actions = machine.actions
            if actions.count > 1 {
                try await performTogether(actions)
            } else if let action = actions.first {
                let performed = try await perform(action)
                performed.restore(&state)
                try await settle([performed.signal])
            } else {
                return machine.suspension == nil ? .ended(outcome) : .parked
            }
        }
    }

    /// How the run stands now.
    var outcome: SagaOutcome<State> {
        switch machine.phase {
        case .aborted(let abort), .backward(let abort): .aborted(state, abort)
        case .stuck(let stuck): .stuck(state, stuck)
        case .unborn, .forward, .forced, .completed: .completed(state)
        }
    }

    /// Performs several steps at once.
    ///
    /// Outcomes that arrive during a commit join the next one.
    private mutating func performTogether(_ actions: [SagaAction]) async throws(SagaError) {
        let mailbox = SagaMailbox<Result<Performed, SagaError>>()
        let driver = self
        let result: Result<Void, SagaError> = await withTaskGroup(of: Void.self) { group in
            for action in actions {
                group.addTask { mailbox.put(await driver.result(of: action)) }
            }
            var open = actions.count
            while open > 0 {
                let arrived = await mailbox.takeAll()
                open -= arrived.count
                do throws(SagaError) {
                    var signals: [SagaSignal] = []
                    for result in arrived {
                        let performed = try result.get()
                        performed.restore(&state)
                        signals.append(performed.signal)
                    }
                    try await settle(signals)
                } catch {
                    group.cancelAll()
                    return .failure(error)
                }
            }
            return .success(())
        }
        try result.get()
    }

    private func result(of action: SagaAction) async -> Result<Performed, SagaError> {
        do throws(SagaError) {
            return .success(try await perform(action))
        } catch {
            return .failure(error)
        }
    }

    private func restore(_ output: [UInt8], of step: Int, in state: inout State) throws(SagaError) {
        guard !output.isEmpty else { return }
        do {
            try definition.steps[step].body.restore(&state, output, coordinator.codec)
        } catch {
            throw .damagedJournal(summary.id, "the output of \(definition.steps[step].shape.name): \(error)")
        }
    }

    private func stuckByCrashes(_ action: SagaAction, _ claims: Int) -> SagaStuck {
        let reason = "\(claims) workers in a row have died while it was under way"
        return switch action {
        case .perform(let step):
            SagaStuck(step: definition.steps[step].shape.name, direction: .forward, reason: reason)
        case .undo(let step):
            SagaStuck(step: definition.steps[step].shape.name, direction: .backward, reason: reason)
        }
    }
}

extension SagaDriver {
    private func context(_ state: State) -> SagaDecisionContext {
        let now = coordinator.wallClock.now
        let steps = definition.steps
        return SagaDecisionContext(
            now: now,
            isWanted: { steps[$0].isWanted?(state) ?? true },
            waitEnd: { steps[$0].waitEnd?(state, now) }
        )
    }

    /// Journals what follows from signals, as often as others append something in between.
    mutating func settle(_ signals: [SagaSignal]) async throws(SagaError) {
        while true {
            let decision = try decision(on: signals)
            guard !decision.records.isEmpty else { return }
            if try await commit(decision, headers: ContextHeaders(), expecting: .any) { return }
            try await catchUp()
        }
    }

    /// What follows from signals.
    ///
    /// What a signal from outside brought is in the state when later steps are decided on.
    private func decision(on signals: [SagaSignal]) throws(SagaError) -> Decision {
        var decision = Decision(records: [], state: state)
        var after = machine
        var open = signals[...]
        while let signal = open.popFirst() {
            let records = after.decide(signal, context(decision.state))
            for record in records {
                after.apply(record)
                guard case .done(let step, let output) = record, definition.steps[step].shape.form == .signal else {
                    continue
                }
                try restore(output, of: step, in: &decision.state)
                if open.isEmpty { open = [.look] }
            }
            decision.records += records
        }
        return decision
    }

    /// Commits an entry and moves along it; tries again while the store is only out of order.
    ///
    /// The stream's version is the fence: whoever was superseded meanwhile finds another one.
    ///
    /// - Returns: Whether the journal was where it was expected.
    private mutating func commit(
        _ decision: Decision,
        headers: ContextHeaders,
        expecting expected: ExpectedRevision
    ) async throws(SagaError) -> Bool {
        let records = decision.records
        var after = machine
        for record in records { after.apply(record) }
        let transaction = self.transaction(records, after, headers, expected)
        var failures = 0
        while true {
            do throws(StoreError) {
                _ = try await coordinator.store.commitResolvingUnknown(transaction.value)
                break
            } catch {
                if case .conflict = error, try await isRecorded(transaction.value) { break }
                if case .conflict(.streamVersion) = error { return false }
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
        machine = after
        state = decision.state
        summary = transaction.summary
        note(records)
        return true
    }

    /// A transaction that appends one entry to the journal, and writes the summary where its status changes.
    private func transaction(
        _ records: [SagaRecord],
        _ after: SagaMachine,
        _ headers: ContextHeaders,
        _ expected: ExpectedRevision
    ) -> (value: Transaction, summary: SagaSummary) {
        let id: EventID = coordinator.identifiers.next()
        var summary = summary
        let isBeginning = expected == .absent
        let status = after.status
        let forgetsAtOnce = status.isEnded && coordinator.configuration.retention <= .zero && !isBeginning
        // Each entry has a transaction of its own, so both can share their bits. The version of the journal keeps an
        // entry from being written twice; only the end of one that is trimmed away at once must be remembered.
        var transaction = Transaction(
            id: TransactionID(bits: id.bits),
            time: coordinator.wallClock.now,
            isRemembered: forgetsAtOnce
        )
        let isChanged = summary.status != status || (status == .waiting && summary.wakeAt != after.suspension?.until)
        if isBeginning || isChanged || records.contains(where: \.isClaim) {
            summary.follow(after, at: transaction.time)
            if forgetsAtOnce { summary.hasJournal = false }
            transaction.write(summary.write(to: document, expecting: expected))
            if forgetsAtOnce {
                transaction.require(.stream(stream, at: version))
                transaction.trim(.whole(stream))
                return (transaction, summary)
            }
        }
        let draft = EventDraft(
            id: id,
            name: SagaEntry.eventName,
            schemaVersion: Int(SagaEntry.form),
            payload: SagaEntry.encode(records),
            headers: headers
        )
        transaction.append([draft], to: stream, expecting: .exactly(version))
        return (transaction, summary)
    }

    /// Whether the entry of a transaction stands in the journal: an attempt whose outcome was unknown has come through.
    private func isRecorded(_ transaction: Transaction) async throws(SagaError) -> Bool {
        guard let draft = transaction.appends.first?.events.first else { return false }
        do throws(StoreError) {
            let next = try await coordinator.store.events(in: stream, from: version.advanced(by: 1), limit: 1)
            return next.first?.id == draft.id
        } catch {
            throw .store(error)
        }
    }

    /// Reads what others have appended; whatever is not from outside was written by a worker that took over.
    private mutating func catchUp() async throws(SagaError) {
        let tail = try await SagaJournal.tail(of: summary.id, after: version, in: coordinator.store)
        guard tail.version > version, tail.records.allSatisfy(\.isFromOutside) else { throw .superseded(summary.id) }
        for record in tail.records { machine.apply(record) }
        version = tail.version
    }

    /// Waits; a driver whose task is cancelled gives the run up to recovery instead of racing through its pauses.
    func rest(_ pause: Duration) async throws(SagaError) {
        guard pause > .zero else { return }
        do {
            try await coordinator.clock.sleep(for: pause, tolerance: nil)
        } catch {
            throw .cancelled
        }
    }

    /// Tells the observer of what was journalled.
    private func note(_ records: [SagaRecord]) {
        for record in records {
            coordinator.observer.record(
                SagaTransition(
                    id: summary.id,
                    definition: definition.name,
                    step: record.step.map { definition.steps[$0].shape.name },
                    transition: record.transitionName
                )
            )
            if case .stuck(let stuck) = record { coordinator.onStuck(summary, stuck) }
        }
    }
}

extension SagaMachine {
    /// What a saga that stands like this is doing.
    var status: SagaStatus {
        switch phase {
        case .completed: .completed
        case .aborted: .aborted
        case .stuck: .stuck
        case .unborn, .backward, .forced: .running
        case .forward: suspension == nil ? .running : .waiting
        }
    }
}

extension SagaSummary {
    /// Brings the summary to where a machine stands.
    fileprivate mutating func follow(_ machine: SagaMachine, at time: Timestamp) {
        if status != machine.status { changedAt = time }
        status = machine.status
        if status != .running { owner = "" }
        wakeAt = machine.suspension?.until
        switch machine.phase {
        case .aborted(let abort): reason = abort.description
        case .stuck(let stuck): reason = stuck.description
        default: reason = ""
        }
    }
}

extension SagaRecord {
    fileprivate var isClaim: Bool {
        if case .claimed = self { true } else { false }
    }
}
