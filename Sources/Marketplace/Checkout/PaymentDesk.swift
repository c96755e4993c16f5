import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import MarketplaceSagas

/// What a checkout does with money: it has ``Payments`` ask the gateway, and store credit set aside and spent.
///
/// Every tender is held before any is taken. All is asked for under keys that follow from the purchase, so a step that
/// is performed again, by whatever process, finds what was done and does the rest.
struct PaymentDesk: Sendable {
    let payments: Payments

    init(_ payments: Payments) {
        self.payments = payments
    }

    /// Sets the money aside at every tender, or at none.
    func authorize(_ state: CheckoutState, _ step: StepContext) async throws -> [TenderReceipt] {
        do throws(PaymentError) {
            return try await clearing(state) { () async throws(PaymentError) in
                try await hold(try await plan(of: state), state)
            }
        } catch {
            throw error.ofStep
        }
    }

    /// Takes the money that is set aside at every tender: the gateway's first, because only that can be refused.
    ///
    /// What was taken when another tender is refused is given back by the undo of ``authorize(_:_:)``.
    func capture(_ state: CheckoutState, _ step: StepContext) async throws -> [TenderReceipt] {
        do throws(PaymentError) {
            return try await take(try await plan(of: state), state)
        } catch {
            throw error.ofStep
        }
    }

    /// What became of a capture that was not answered: it is asked for again, which takes nothing twice.
    func findCapture(_ state: CheckoutState, _ step: StepContext) async throws -> ProbeAnswer<[TenderReceipt]> {
        do {
            return .done(try await capture(state, step))
        } catch  where EffectOutcome(of: error) == .refused {
            return .refused(error)
        }
    }

    /// Sets the money aside at every tender and takes it, or keeps nothing.
    func charge(_ state: CheckoutState, _ step: StepContext) async throws -> [TenderReceipt] {
        do throws(PaymentError) {
            return try await clearing(state) { () async throws(PaymentError) in
                let plan = try await plan(of: state)
                _ = try await hold(plan, state)
                return try await take(plan, state)
            }
        } catch {
            throw error.ofStep
        }
    }

    /// Sees to it that nothing is kept or set aside; what arrives late is refused from now on.
    func giveBack(_ state: CheckoutState, _ step: StepContext) async throws {
        do throws(PaymentError) {
            try await giveBack(state)
        } catch {
            throw error.ofStep
        }
    }

    // MARK: - Tenders

    private func plan(of state: CheckoutState) async throws(PaymentError) -> TenderPlan {
        try await payments.plan(state.tenders, of: state.payment, total: state.total, buyer: state.buyer)
    }

    private func hold(_ plan: TenderPlan, _ state: CheckoutState) async throws(PaymentError) -> [TenderReceipt] {
        var receipts: [TenderReceipt] = []
        for tender in plan.tenders {
            switch tender.source {
            case .gateway(let id):
                let payment = try await payments.hold(state.charge(tender.amount, by: id))
                receipts.append(TenderReceipt(tender, reference: payment.reference))
            case .storeCredit:
                let key = Payments.creditKey(of: state.payment)
                try await credit { () async throws(StoreCreditError) in
                    try await payments.credits.hold(tender.amount, of: state.buyer, by: .system, key: key)
                }
                receipts.append(TenderReceipt(tender))
            case .giftCard: throw .tenders(.notTaken(tender.source))
            }
        }
        return receipts
    }

    private func take(_ plan: TenderPlan, _ state: CheckoutState) async throws(PaymentError) -> [TenderReceipt] {
        var receipts: [TenderReceipt] = []
        for tender in plan.tenders {
            guard case .gateway(let id) = tender.source else { continue }
            let payment = try await payments.take(state.charge(tender.amount, by: id))
            receipts.append(TenderReceipt(tender, reference: payment.reference))
        }
        for tender in plan.tenders where tender.source == .storeCredit {
            let key = Payments.creditKey(of: state.payment)
            try await credit { () async throws(StoreCreditError) in
                try await payments.credits.spend(key, of: state.buyer, by: .system)
            }
            receipts.append(TenderReceipt(tender))
        }
        return receipts
    }

    /// Gives back what every tender has set aside or taken; one that fails holds up no other.
    private func giveBack(_ state: CheckoutState) async throws(PaymentError) {
        let plan =
            state.tenders.isEmpty
            ? try await plan(of: state) : try await payments.close(state.payment, of: state.buyer)
        guard let plan else { return }
        var first: PaymentError?
        for tender in plan.tenders.reversed() {
            do throws(PaymentError) {
                switch tender.source {
                case .gateway(let id): try await payments.giveBack(state.charge(tender.amount, by: id))
                case .storeCredit:
                    let key = Payments.creditKey(of: state.payment)
                    try await credit { () async throws(StoreCreditError) in
                        try await payments.credits.giveBack(tender.amount, of: state.buyer, key: key)
                    }
                case .giftCard: continue
                }
            } catch {
                first = first ?? error
            }
        }
        if let first { throw first }
    }

    /// Lets a refusal through when nothing is left set aside or taken, and nothing that comes late can be.
    private func clearing(
        _ state: CheckoutState,
        _ body: () async throws(PaymentError) -> [TenderReceipt]
    ) async throws(PaymentError) -> [TenderReceipt] {
        do throws(PaymentError) {
            return try await body()
        } catch {
            guard error.effect == .refused else { throw error }
            do throws(PaymentError) {
                try await giveBack(state)
            } catch let other {
                // Something is kept still, so "refused" would not be true of the whole.
                throw .underWay(.void, Payments.purchaseKey, because: other.description)
            }
            throw error
        }
    }

    private func credit(_ body: () async throws(StoreCreditError) -> StoreCreditHold) async throws(PaymentError) {
        do throws(StoreCreditError) {
            _ = try await body()
        } catch {
            throw .credit(error)
        }
    }
}

extension CheckoutState {
    /// The part of the purchase that one payment takes.
    fileprivate func charge(_ amount: Money, by id: PaymentID) -> Charge {
        let offered = tenders.filter { if case .gateway = $0 { true } else { false } }
        let number = offered.indices.first { Payments.payment($0, of: payment) == id }
        return Charge(
            payment: id,
            order: order,
            buyer: buyer,
            amount: amount,
            method: number.flatMap { offered[$0].method }
        )
    }
}

extension PaymentError {
    /// The same error as a step throws it: refusals of gateways and tenders as themselves, so that the journal keeps
    /// their facts.
    fileprivate var ofStep: any Error {
        switch self {
        case .refusedByGateway(_, let error):
            error.effect == .refused
                ? error : PaymentGatewayError(error.code, reason: error.reason, effect: .refused)
        case .tenders(let refusal): refusal
        case .credit(.refused(.insufficient(let requested, let available))):
            TenderRefusal.insufficient(
                // Less than what was requested, which fits.
                missing: Money(minorUnits: requested.minorUnits - available.minorUnits, requested.currency)
            )
        case .rejected, .badKey, .credit(.refused), .method(.refused): PaymentGatewayError.notAllowed(description)
        case .underWay(_, _, let reason): PaymentGatewayError(.timedOut, reason: reason, effect: .unknown)
        case .discrepancy: PaymentGatewayError(.timedOut, reason: description, effect: .unknown)
        case .method, .credit, .contended, .failed: self
        }
    }
}
