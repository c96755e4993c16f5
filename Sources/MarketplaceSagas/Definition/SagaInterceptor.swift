/// A call that a saga makes for a step.
package enum SagaCallKind: String, Sendable, Hashable {
    case perform
    case probe
    case undo
}

/// Something around every call that a saga makes: it makes the call never, once or several times.
package typealias SagaInterceptor =
    @Sendable (
        SagaCallKind, StepContext, @escaping @Sendable () async throws -> Void
    ) async throws -> Void

extension SagaDefinition {
    /// The same saga with something around the calls of its steps: what the test kit injects faults by.
    package func intercepted(by interceptor: @escaping SagaInterceptor) -> SagaDefinition {
        SagaDefinition(self, steps: steps.map { $0.intercepted(by: interceptor) })
    }

    /// The names of the steps, in order, with whether each can be refused and whether it only waits.
    package var outline: [SagaOutlineStep] {
        shape.steps.map { step in
            SagaOutlineStep(
                name: step.name,
                canBeRefused: !step.form.isWait && step.kind != .retriable,
                isWait: step.form.isWait
            )
        }
    }
}

/// What the test kit has to know of a step.
package struct SagaOutlineStep: Sendable {
    package let name: String
    package let canBeRefused: Bool
    package let isWait: Bool
}

extension StepBlueprint {
    fileprivate func intercepted(by interceptor: @escaping SagaInterceptor) -> StepBlueprint {
        StepBlueprint(
            shape: shape,
            body: body.intercepted(by: interceptor),
            timeout: timeout,
            retry: retry,
            undoRetry: undoRetry,
            unknown: unknown,
            isFinal: isFinal,
            isWanted: isWanted,
            waitEnd: waitEnd
        )
    }
}

extension StepBody {
    fileprivate func intercepted(by interceptor: @escaping SagaInterceptor) -> StepBody {
        var probe: Probe?
        if let inner = self.probe {
            probe = { state, step, codec in
                try await Self.capture(.probe, step, interceptor) { try await inner(state, step, codec) }
            }
        }
        var undo: Undo?
        if let inner = self.undo {
            undo = { state, output, step, codec in
                try await interceptor(.undo, step) { try await inner(state, output, step, codec) }
            }
        }
        let run = run
        return StepBody(
            output: output,
            run: { state, step, codec in
                try await Self.capture(.perform, step, interceptor) { try await run(state, step, codec) }
            },
            probe: probe,
            undo: undo,
            restore: restore
        )
    }

    /// What the last call of `body` that the interceptor made has returned.
    private static func capture<Value: Sendable>(
        _ kind: SagaCallKind,
        _ step: StepContext,
        _ interceptor: SagaInterceptor,
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let captured = CapturedValue<Value>()
        try await interceptor(kind, step) { captured.set(try await body()) }
        return try captured.get()
    }
}
