import MarketplaceCore
import MarketplacePorts

/// Takes and gives back the money of charges at a gateway, so that what is left afterwards is known or asked again.
struct ChargeGateway: Sendable {
    /// What the gateway remembers of a charge.
    enum Stand: Sendable {
        /// Nothing: it was never asked, or is still being asked.
        case unseen
        /// It has refused, and keeps nothing.
        case refused(PaymentGatewayError)
        /// The money is set aside and not taken.
        case authorized
        /// The money is taken.
        case taken(GatewayReceipt)
    }

    let gateway: any PaymentGateway

    /// Sets the money aside and takes it.
    ///
    /// A refusal leaves nothing behind. Any other error says nothing of what is left: the same call with the same
    /// charge, or ``find(_:)``, tells.
    func take(_ charge: Charge) async throws(PaymentGatewayError) -> GatewayReceipt {
        let receipt = try await gateway.authorize(charge.amount, for: charge.payment, key: charge.authorizeKey)
        do throws(PaymentGatewayError) {
            _ = try await gateway.capture(charge.amount, of: charge.payment, key: charge.captureKey)
        } catch {
            // The money is set aside, so "not applied" would not be true of the whole.
            guard error.effect == .refused else { throw error.inDoubt }
            try await free(charge)
            throw error
        }
        return receipt
    }

    /// What became of a charge that was not answered.
    func find(_ charge: Charge) async throws(PaymentGatewayError) -> Stand {
        switch try await gateway.lookUp(charge.authorizeKey) {
        case .neverSeen: return .unseen
        case .refused(let error): return .refused(error)
        case .pending: throw .timedOut
        case .performed(let receipt):
            switch try await gateway.lookUp(charge.captureKey) {
            case .neverSeen: return .authorized
            case .pending: throw .timedOut
            case .performed: return .taken(receipt)
            case .refused(let error):
                try await free(charge)
                return .refused(error)
            }
        }
    }

    /// Sees to it that nothing is kept, and that whatever comes late is refused.
    ///
    /// - Returns: The receipt of the money that had been taken and is given back; nil when none had.
    func giveBack(_ charge: Charge) async throws(PaymentGatewayError) -> GatewayReceipt? {
        var stand = try await find(charge)
        if case .taken = stand {
        } else {
            try await free(charge)
            // A capture under way may have been faster than the void.
            stand = try await find(charge)
        }
        guard case .taken(let receipt) = stand else { return nil }
        _ = try await gateway.refund(charge.amount, of: charge.payment, key: charge.refundKey)
        return receipt
    }

    private func free(_ charge: Charge) async throws(PaymentGatewayError) {
        do throws(PaymentGatewayError) {
            _ = try await gateway.void(charge.payment, key: charge.voidKey)
        } catch {
            throw error.inDoubt
        }
    }
}

extension PaymentGatewayError {
    /// The same error of a part, as an error of a whole of which other parts may have happened.
    fileprivate var inDoubt: PaymentGatewayError {
        PaymentGatewayError(code, reason: reason, effect: .unknown)
    }
}
