import MarketplaceCore
import MarketplaceDomain

extension Payments {
    /// The key under which all of a purchase is asked for: whoever carries a purchase on, in whatever process, asks for
    /// the same.
    static let purchaseKey: IdempotencyKey = "charge"

    /// What the gateway is asked under when the money of a purchase is given back as a whole.
    static func purchaseRefund(of payment: PaymentID) -> IdempotencyKey {
        OperationKeys.gatewayKey(of: payment, .refund, purchaseKey)
    }

    /// Begins a payment, and sets its money aside.
    func hold(_ charge: Charge) async throws(PaymentError) -> Payment {
        let keys = try keys(charge.payment, .authorize, Self.purchaseKey, charge.amount, .system)
        let action = PaymentAction.beginAuthorization(key: keys.gateway, confirming: charge.amount)
        return try await perform(
            .authorize,
            on: charge.payment,
            action,
            keys,
            method: charge.method,
            opening: charge,
            by: .system
        )
    }

    /// Takes all that was set aside.
    func take(_ charge: Charge) async throws(PaymentError) -> Payment {
        try await capture(charge.payment, by: .system, key: Self.purchaseKey)
    }

    /// Sets the money aside and takes it; what is refused leaves nothing set aside.
    func holdAndTake(_ charge: Charge) async throws(PaymentError) -> Payment {
        _ = try await hold(charge)
        do throws(PaymentError) {
            return try await take(charge)
        } catch {
            guard error.effect == .refused else { throw error }
            do throws(PaymentError) {
                try await giveBack(charge)
            } catch let other {
                // The money is set aside still, so "refused" would not be true of the whole.
                throw other.effect == .refused ? .underWay(.void, Self.purchaseKey, because: other.description) : other
            }
            throw error
        }
    }

    /// Sees to it that nothing is kept of a payment, and that whatever comes late is refused.
    ///
    /// A capture of which it is not known whether it has happened is asked for again before: it cannot be set free, and
    /// can be given back.
    func giveBack(_ charge: Charge) async throws(PaymentError) {
        // One that was never begun is begun and set free at once, so that what comes late finds it so.
        var payment = try await begin(
            charge.payment,
            for: charge.order,
            buyer: charge.buyer,
            amount: charge.amount,
            by: .system,
            key: Self.purchaseKey
        )
        if !payment.keysUnderWay(.capture).isEmpty {
            do throws(PaymentError) {
                payment = try await take(charge)
            } catch {
                guard error.effect == .refused else { throw error }
                payment = try await load(charge.payment)
            }
        }
        if payment.status == .created || payment.status == .authorized {
            payment = try await void(charge.payment, by: .system, key: Self.purchaseKey)
        }
        if payment.status == .captured {
            _ = try await refund(charge.payment, by: .system, key: Self.purchaseKey)
        }
    }
}
