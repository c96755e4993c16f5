import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceSagas
import MarketplaceStorage

extension PaymentDesk {
    private var charges: ChargeGateway { ChargeGateway(gateway: gateway) }

    /// Begins the payment and takes the money at once.
    func charge(_ state: CheckoutState, _ step: StepContext) async throws -> GatewayReceipt {
        let charge = Charge(state)
        try await record(charge.beginning, "begin", state, step)
        let receipt: GatewayReceipt
        do throws(PaymentGatewayError) {
            receipt = try await charges.take(charge)
        } catch {
            if error.effect == .refused { try await record("refused", charge, step, charge.declined) }
            throw error
        }
        try await UnrecordedEffect.recording { try await recordTaken(receipt, charge, step) }
        return receipt
    }

    /// What became of a charge that was not answered.
    func findCharge(_ state: CheckoutState, _ step: StepContext) async throws -> ProbeAnswer<GatewayReceipt> {
        let charge = Charge(state)
        switch try await charges.find(charge) {
        case .unseen: return .notDone
        case .refused(let error):
            try await record("refused", charge, step, charge.declined)
            return .refused(error)
        case .taken(let receipt):
            try await recordTaken(receipt, charge, step)
            return .done(receipt)
        case .authorized:
            // Money is set aside: it is taken now, because a charge that is "not done" would not be undone.
            return .done(try await self.charge(state, step))
        }
    }

    /// Gives back whatever was taken; what arrives late is refused from now on.
    func giveBack(_ state: CheckoutState, _ step: StepContext) async throws {
        let charge = Charge(state)
        let receipt = try await charges.giveBack(charge)
        try await record("settle", charge, step) { charge.givenBack(receipt, given: $0) }
    }

    private func recordTaken(_ receipt: GatewayReceipt, _ charge: Charge, _ step: StepContext) async throws {
        try await record("take", charge, step) { charge.taken(receipt, given: $0) }
    }

    /// Records what is to be recorded of a payment as it is, once per step and part.
    private func record(
        _ part: String,
        _ charge: Charge,
        _ step: StepContext,
        _ actions: (Payment) -> [PaymentAction]
    ) async throws {
        let key = try step.idempotencyKey.appending(part)
        try await payments.handle(on: charge.payment, key: key, at: step.time) { payment in
            actions(payment).commands(at: step.time)
        }
    }
}

extension Charge {
    fileprivate init(_ state: CheckoutState) {
        self.init(order: state.order, buyer: state.buyer, amount: state.total)
    }
}
