import MarketplaceCore
import MarketplaceStorage

extension SagaDriver {
    /// How an action ended: what to tell the machine, and what to change of the state.
    struct Performed: Sendable {
        let signal: SagaSignal
        var restore: @Sendable (inout State) -> Void = { _ in }
    }

    /// Performs an action as often as its policy allows, and says how it ended.
    func perform(_ action: SagaAction) async throws(SagaError) -> Performed {
        switch action {
        case .perform(let step): try await perform(step)
        case .undo(let step): Performed(signal: try await undo(step))
        }
    }

    private func perform(_ index: Int) async throws(SagaError) -> Performed {
        let step = definition.steps[index]
        let key = coordinator.idempotencyKey(of: summary.id, step.shape.name)
        var attempts = StepAttempts(
            retry: step.retry,
            rule: step.unknown,
            canProbe: step.body.probe != nil,
            isInDoubt: stepsInDoubt.contains(index)
        )
        var next = StepAttempts.Next.perform(after: .zero)
        while true {
            switch next {
            case .perform(let pause):
                try await rest(pause)
                switch await attempt(context(step, key, attempts.attempt), within: limit(of: step), step.body.run) {
                case .success(let product): return done(index, product)
                case .failure(let error):
                    let isFinal = step.isFinal?(error) ?? false
                    let effect = isFinal ? .refused : EffectOutcome(of: error)
                    next = attempts.ended(.failed(effect, failure(error)), random: random())
                }
            case .probe(let pause):
                try await rest(pause)
                guard let probe = step.body.probe else {
                    return Performed(signal: .unknown(index, SagaFailure(reason: "it cannot be probed")))
                }
                switch await attempt(context(step, key, attempts.attempt), within: limit(of: step), probe) {
                case .success(.done(let product)): return done(index, product)
                case .success(.notDone): next = attempts.ended(.notDone, random: random())
                case .success(.refused(let error)): next = attempts.ended(.refused(failure(error)), random: random())
                case .failure(let error): next = attempts.ended(.failed(failure(error)), random: random())
                }
            case .notDone(let failure): return Performed(signal: .notDone(index, failure))
            case .refusedInDoubt(let failure): return Performed(signal: .refusedInDoubt(index, failure))
            case .unknown(let failure): return Performed(signal: .unknown(index, failure))
            case .done: return Performed(signal: .done(index, output: []))
            }
        }
    }

    private func done(_ index: Int, _ product: StepBody<State>.Product) -> Performed {
        Performed(signal: .done(index, output: product.bytes), restore: product.restore)
    }

    /// Undoes a step as often as its policy allows, and says how that ended.
    private func undo(_ index: Int) async throws(SagaError) -> SagaSignal {
        let step = definition.steps[index]
        guard let undo = step.body.undo else { return .undone(index) }
        var output: [UInt8]?
        if case .done(let bytes) = machine.steps[index] { output = bytes }
        let effect = output
        let end = step.undoLimit.map { coordinator.timeline.deadline(after: $0) }
        let key = coordinator.idempotencyKey(of: summary.id, step.shape.name + StepContext.undoSuffix)
        var failures = 0
        var lastReason = "its time was up before it was tried"
        while true {
            if let end, coordinator.timeline.now >= end { return .undoFailed(index, reason: lastReason) }
            let left = end.map { max(.zero, $0 - coordinator.timeline.now) }
            let limit = [step.timeout, left].compactMap(\.self).min()
            let result = await attempt(context(step, key, failures + 1), within: limit) { state, context, codec in
                try await undo(state, effect, context, codec)
            }
            guard case .failure(let error) = result else { return .undone(index) }
            failures += 1
            lastReason = Self.reason(error)
            guard let pause = step.undoRetry.pause(afterFailures: failures, random: random()) else {
                return .undoFailed(index, reason: lastReason)
            }
            try await rest(pause)
        }
    }

    private func attempt<Value: Sendable>(
        _ context: StepContext,
        within limit: Duration?,
        _ body: @escaping @Sendable (State, StepContext, any PayloadCodec) async throws -> Value
    ) async -> Result<Value, any Error> {
        let state = state
        let codec = coordinator.codec
        let name = definition.name
        do {
            let value = try await coordinator.observer.around(.sagaStep) { () async throws -> Value in
                guard let limit else { return try await body(state, context, codec) }
                return try await withDeadline(limit, timer: coordinator.deadlines) {
                    try await body(state, context, codec)
                }
            }
            return .success(value)
        } catch {
            coordinator.observer.record(
                SagaAttemptFailed(
                    id: context.saga,
                    definition: name,
                    step: context.step,
                    attempt: context.attempt,
                    error: Self.reason(error)
                )
            )
            return .failure(error)
        }
    }

    /// How long an attempt may take: what its step allows, but not beyond the saga's deadline while it binds.
    private func limit(of step: StepBlueprint<State>) -> Duration? {
        guard let deadline = machine.deadline, step.shape.kind == .compensatable, machine.phase == .forward else {
            return step.timeout
        }
        // The clocks of the system cannot sleep until the end of time.
        let left = min(max(.zero, coordinator.wallClock.now.duration(to: deadline)), RetryPolicy.longestCap)
        return step.timeout.map { min($0, left) } ?? left
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
            abort: abort,
            coordinator: coordinator
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
