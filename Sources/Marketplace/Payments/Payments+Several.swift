public import MarketplaceCore
public import MarketplaceDomain
import MarketplaceStorage

extension Payments {
    /// How often it is looked anew at what a payment has left, while other refunds take it.
    private static let refundAttempts = 16

    /// Gives back a part of a purchase, over all tenders it was paid by.
    ///
    /// What was taken last comes back first: payments at the gateway, the last one first, each up to what it has left,
    /// and then store credit. No tender gives back more than it took, however many refunds run at once.
    ///
    /// - Parameters:
    ///   - purchase: The payment of the purchase, which has the bits of its order or group.
    ///   - amount: How much, of all tenders together.
    ///   - actor: An operator or the system.
    ///   - key: Names the refund: under the same key nothing is given back twice.
    /// - Throws: ``PaymentError``, of the tender that could not give its part; the same call may be made again.
    public func refundPurchase(
        _ purchase: PaymentID,
        _ amount: Money,
        by actor: CommandActor,
        key: IdempotencyKey
    ) async throws(PaymentError) {
        try check(.initiateRefund, actor)
        try await refund(amount, of: [purchase], keys: [key], by: actor)
    }

    /// Says where refunds of a purchase go from now on; those that were begun go where they were to go.
    ///
    /// It is for whoever gets the money, or for an operator on their behalf. Where nobody has said anything, money goes
    /// back to where it came from.
    ///
    /// - Parameters:
    ///   - destination: Back by the gateway, or to the buyer's store credit.
    ///   - purchase: The payment of the purchase, which has the bits of its order or group.
    ///   - actor: The buyer, an operator or the system.
    /// - Throws: ``PaymentError/rejected(_:)`` with `forbidden`, or with `notCreated` when there is no such purchase.
    public func sendRefunds(
        to destination: RefundDestination,
        of purchase: PaymentID,
        by actor: CommandActor
    ) async throws(PaymentError) {
        var buyer = try await load(purchase).begun?.buyerID
        if buyer == nil { buyer = try await tenders(of: purchase)?.buyer }
        try check(.chooseRefundDestination, actor, owner: buyer)
        guard buyer != nil else { throw .rejected(.notCreated) }
        var transaction = Transaction(id: environment.identifiers.next(), time: environment.now)
        transaction.write(
            DocumentWrite(PaymentKeySpace.refundChoice(of: purchase), body: try archive.encoded(destination))
        )
        try await archive.write(transaction)
    }

    /// Where refunds of a purchase go.
    private func destination(of purchase: PaymentID) async throws(PaymentError) -> RefundDestination {
        let choice = PaymentKeySpace.refundChoice(of: purchase)
        return try await archive.read(choice, as: RefundDestination.self)?.value ?? .payment
    }

    /// Gives back an amount by several payments: each as much as it has left, and the last one the rest.
    ///
    /// A payment of a purchase that was paid by several tenders stands for all of them.
    ///
    /// - Parameters:
    ///   - amount: How much, of all together.
    ///   - ids: The payments, in the order in which they give.
    ///   - keys: What the refund was asked for under, the latest last. Only that one begins anything; what was begun under
    ///     an earlier one and has not failed counts.
    ///   - actor: Who gives it back.
    /// - Throws: ``PaymentError``, of the payment that could not give its part.
    func refund(
        _ amount: Money,
        of ids: [PaymentID],
        keys: [IdempotencyKey],
        by actor: CommandActor = .system
    ) async throws(PaymentError) {
        guard !keys.isEmpty else { return }
        var places: [RefundPlace] = []
        for id in ids {
            let destination = try await destination(of: id)
            guard let tenders = try await tenders(of: id) else {
                places.append(.payment(id, destination))
                continue
            }
            for source in tenders.places {
                switch source {
                case .gateway(let payment): places.append(.payment(payment, destination))
                case .storeCredit: places.append(.credit(Self.creditKey(of: id), tenders.buyer))
                case .giftCard: throw .tenders(.notTaken(source))
                }
            }
        }
        var leftMinor = amount.minorUnits
        for (place, isLast) in zip(places, places.indices.map { $0 == places.count - 1 }) {
            guard leftMinor > 0 else { return }
            let left = Money(minorUnits: leftMinor, amount.currency)
            leftMinor -= try await refund(left, at: place, isLast: isLast, keys, by: actor)
        }
        guard leftMinor <= 0 else {
            let left = Money(minorUnits: leftMinor, amount.currency)
            throw .tenders(.exceedsTaken(requested: left, refundable: .zero(amount.currency)))
        }
    }

    /// Where a part of a refund goes.
    private enum RefundPlace {
        case payment(PaymentID, RefundDestination)
        case credit(IdempotencyKey, MemberID)
    }

    /// Gives back as much as one place has left, or the whole; how much that was.
    private func refund(
        _ left: Money,
        at place: RefundPlace,
        isLast: Bool,
        _ keys: [IdempotencyKey],
        by actor: CommandActor
    ) async throws(PaymentError) -> Int64 {
        for attempt in 1...Self.refundAttempts {
            var (key, partMinor) = (keys[keys.count - 1], left.minorUnits)
            if !isLast {
                let (begun, refundableMinor) = try await standing(of: place, keys)
                partMinor = min(left.minorUnits, refundableMinor)
                if let begun { (key, partMinor) = (begun.key, begun.amount.minorUnits) }
            }
            guard partMinor > 0 else { return 0 }
            do throws(PaymentError) {
                try await give(Money(minorUnits: partMinor, left.currency), to: place, key, by: actor)
                return partMinor
            } catch {
                // Another refund may have taken what was left meanwhile.
                guard case .rejected = error, !isLast, attempt < Self.refundAttempts,
                    try await standing(of: place, keys).refundableMinor < partMinor
                else { throw error }
            }
        }
        return 0
    }

    private func give(
        _ amount: Money,
        to place: RefundPlace,
        _ key: IdempotencyKey,
        by actor: CommandActor
    ) async throws(PaymentError) {
        switch place {
        case .payment(let id, let destination):
            try await refund(id, amount, to: destination, by: actor, key: key)
        case .credit(let hold, let member):
            do throws(StoreCreditError) {
                try await credits.restore(amount, to: hold, of: member, by: actor, key: key)
            } catch {
                throw .credit(error)
            }
        }
    }

    /// What one place has begun to give back under one of the keys, and how much it has left.
    private func standing(
        of place: RefundPlace,
        _ keys: [IdempotencyKey]
    ) async throws(PaymentError) -> (begun: (key: IdempotencyKey, amount: Money)?, refundableMinor: Int64) {
        switch place {
        case .payment(let id, _):
            let payment = try await load(id)
            // The amounts of a payment are in its currency, and what they leave is not below zero.
            let refundable = try? payment.amounts?.refundable()
            for key in keys.reversed() {
                let begun = payment.refunds[OperationKeys.gatewayKey(of: id, .refund, key)]
                if let begun, begun.status != .failed { return ((key, begun.amount), refundable?.minorUnits ?? 0) }
            }
            return (nil, refundable?.minorUnits ?? 0)
        case .credit(let hold, let member):
            do throws(StoreCreditError) {
                guard let known = try await credits.known(hold, of: member) else { return (nil, 0) }
                let begun = known.restores.first { keys.contains($0.key) }
                return (begun.map { ($0.key, $0.amount) }, known.amount.minorUnits - known.restored.minorUnits)
            } catch {
                throw .credit(error)
            }
        }
    }
}
