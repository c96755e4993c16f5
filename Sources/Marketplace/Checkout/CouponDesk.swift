import MarketplaceCore
import MarketplaceCoupons
import MarketplaceSagas

/// What a checkout does with limits and coupons.
struct CouponDesk: Sendable {
    let redemptions: CouponRedemptions
    let restoring: RestorePolicy
    let holdDuration: Duration

    /// The step that sets aside what the order claims.
    func holdStep(retry: RetryPolicy) -> Step<CheckoutState> {
        Step(CheckoutStep.holdCoupons, retry: retry, onUnknown: .retry, when: \.usesCoupons) { state, step in
            try await hold(state, step)
        } undo: { state, _, step in
            try await undo(state, step)
        }
    }

    /// The step that makes what is held used.
    func redeemStep(retry: RetryPolicy) -> Step<CheckoutState> {
        Step(CheckoutStep.redeemCoupons, retry: retry, onUnknown: .retry, when: \.usesCoupons) { state, step in
            try await redeem(state, step)
        } undo: { state, _, step in
            try await undo(state, step)
        }
    }

    /// Sets aside what the order claims until a deadline.
    func hold(_ state: CheckoutState, _ step: StepContext) async throws {
        guard let priced = state.priced else { return }
        let request = RedemptionRequest(
            id: state.redemption,
            member: state.member,
            claims: priced.claims,
            codes: priced.codes,
            reference: RedemptionReference(state.order),
            restoring: restoring,
            deadline: step.time.advanced(by: holdDuration),
            at: step.time
        )
        try await refusing { () async throws(CouponError) in _ = try await redemptions.hold(request) }
    }

    /// Makes it used: from here on no deadline takes it away.
    func redeem(_ state: CheckoutState, _ step: StepContext) async throws {
        try await refusing { () async throws(CouponError) in
            _ = try await redemptions.redeem(state.redemption, at: step.time)
        }
    }

    /// Gives it back, wherever it stands; a hold that arrives late is refused from now on.
    func undo(_ state: CheckoutState, _ step: StepContext) async throws {
        try await refusing { () async throws(CouponError) in
            _ = try await redemptions.undo(state.redemption, at: step.time)
        }
    }

    /// Gives back what an order has used, as far as policies allow; false when they give nothing, or nothing was used.
    func restore(_ redemption: RedemptionID, at time: Timestamp) async throws(CouponError) -> Bool {
        guard let found = try await redemptions.redemption(redemption), found.state != .released else { return false }
        return try await redemptions.restore(redemption, at: time) == .restored
    }

    /// Throws a refusal as itself, so that the journal keeps its facts.
    private func refusing(_ body: () async throws(CouponError) -> Void) async throws {
        do throws(CouponError) {
            try await body()
        } catch {
            if let refusal = error.refusal { throw refusal }
            throw error
        }
    }
}
