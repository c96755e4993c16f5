import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceSagas
import MarketplaceStorage

/// What a checkout does with the payment: it asks the gateway, and records what the gateway answered.
///
/// The gateway's answer is recorded after it was given. When this process dies in between, the step is performed
/// again with the same key, the gateway gives the same answer, and it is recorded then.
struct PaymentDesk: Sendable {
    let payments: Repository<Payment>
    let gateway: any PaymentGateway

    init(_ payments: Repository<Payment>, gateway: any PaymentGateway) {
        self.payments = payments
        self.gateway = gateway
    }

    /// Begins the payment, and sets the money aside.
    func authorize(_ state: CheckoutState, _ step: StepContext) async throws -> GatewayReceipt {
        let create = PaymentAction.create(
            id: state.payment,
            order: state.order,
            buyer: state.buyer,
            amount: state.total
        )
        try await record(create, "begin", state, step)
        let receipt: GatewayReceipt
        do throws(PaymentGatewayError) {
            receipt = try await gateway.authorize(state.total, for: state.payment, key: step.idempotencyKey)
        } catch {
            if error.effect == .refused { try await record(.fail(.declined), "fail", state, step) }
            throw error
        }
        try await UnrecordedEffect.recording { try await recordAuthorization(receipt, state, step) }
        return receipt
    }

    /// What became of an authorization that was not answered.
    func findAuthorization(_ state: CheckoutState, _ step: StepContext) async throws -> ProbeAnswer<GatewayReceipt> {
        let answer = try await find(step)
        switch answer {
        case .done(let receipt): try await recordAuthorization(receipt, state, step)
        case .refused: try await record(.fail(.declined), "fail", state, step)
        case .notDone: break
        }
        return answer
    }

    /// Sets the money free; an authorization that arrives late is refused from now on.
    func void(_ state: CheckoutState, _ step: StepContext) async throws {
        _ = try await gateway.void(state.payment, key: step.idempotencyKey)
        let payment = try await payments.load(state.payment).root
        switch payment.status {
        case nil, .failed, .voided: break
        case .created, .authorized, .captured, .refunded: try await record(.void, "void", state, step)
        }
    }

    /// Takes the money.
    func capture(_ state: CheckoutState, _ step: StepContext) async throws -> GatewayReceipt {
        let receipt = try await gateway.capture(state.total, of: state.payment, key: step.idempotencyKey)
        try await UnrecordedEffect.recording { try await recordCapture(state, step) }
        return receipt
    }

    /// What became of a capture that was not answered.
    func findCapture(_ state: CheckoutState, _ step: StepContext) async throws -> ProbeAnswer<GatewayReceipt> {
        let answer = try await find(step)
        if case .done = answer { try await recordCapture(state, step) }
        return answer
    }

    private func find(_ step: StepContext) async throws(PaymentGatewayError) -> ProbeAnswer<GatewayReceipt> {
        switch try await gateway.lookUp(step.idempotencyKey) {
        case .performed(let receipt): .done(receipt)
        case .refused(let error): .refused(error)
        case .neverSeen: .notDone
        case .pending: throw .timedOut
        }
    }

    /// Records that money has moved.
    ///
    /// It has, whether or not that can be recorded: an error that says "refused" or "not applied" must not come from
    /// here.
    private func recordAnswer(
        _ action: PaymentAction,
        _ part: String,
        _ state: CheckoutState,
        _ step: StepContext
    ) async throws {
        do {
            try await record(action, part, state, step)
        } catch {
            throw UnrecordedAnswer(error: error)
        }
    }

    private func recordAuthorization(_ receipt: GatewayReceipt, _ state: CheckoutState, _ step: StepContext)
        async throws
    {
        let authorize = PaymentAction.authorize(amount: receipt.amount ?? state.total, reference: receipt.reference)
        try await recordAnswer(authorize, "authorize", state, step)
    }

    private func recordCapture(_ state: CheckoutState, _ step: StepContext) async throws {
        try await recordAnswer(.capture(key: step.idempotencyKey, amount: state.total), "capture", state, step)
    }

    /// Records what happened to the payment, once per step and kind.
    func record(
        _ action: PaymentAction,
        _ part: String,
        _ state: CheckoutState,
        _ step: StepContext
    ) async throws {
        try await payments.handle(
            ActorCommand(action, by: .system, at: step.time),
            on: state.payment,
            key: try step.idempotencyKey.appending(part),
            at: step.time
        )
    }
}

/// The gateway has moved money, and that could not be recorded.
private struct UnrecordedAnswer: EffectStating, CustomStringConvertible {
    let error: any Error

    /// The step as a whole is neither done nor undone: it is looked up, and compensated when that does not help.
    var effect: EffectOutcome { .unknown }

    var description: String { "the gateway has answered, and its answer could not be recorded: \(error)" }
}
