import MarketplaceCore
import MarketplaceDomain
import TestSupport

extension CommandStream {
    mutating func commandPayment() throws {
        let payment = try subject(of: \.payments) { stream in
            let owner = stream.anyOwner()
            return StreamSubject(
                .create(
                    id: PaymentID(bits: stream.nextNumber()),
                    order: OrderID(bits: stream.nextNumber()),
                    buyer: owner,
                    amount: Example.won(Int64(stream.happens(onceIn: 12) ? 0 : 1 + stream.run.natural(through: 900)))
                ),
                owner: owner,
                invariant: Self.problem(of:)
            )
        }
        try give(paymentAction(of: payment), to: payment)
    }

    private mutating func paymentAction(of payment: StreamSubject<Payment, PaymentAction>) -> PaymentAction {
        guard let amount = payment.root.begun?.amount, !happens(onceIn: 40) else { return payment.birth }
        let known = (Array(payment.root.refunds.keys) + Array(payment.root.operations.keys)).sorted()
        let isKnown = !known.isEmpty && happens(onceIn: 2)
        let key = isKnown ? run.element(of: known) : Example.key("key", run.natural(through: 7))
        let part: Money? =
            switch run.natural(through: 7) {
            case 0, 1: nil
            case 2: amount
            case 3: Money(minorUnits: 1, .eur)
            case 4: Money(minorUnits: run.integer(), amount.currency)
            default: Money(minorUnits: Int64(run.natural(through: Int(amount.minorUnits))), amount.currency)
            }
        let whole = happens(onceIn: 6) ? part ?? amount : amount
        switch run.natural(through: 20) {
        case 0: return .create(id: PaymentID(bits: 1), order: Example.orderID, buyer: Example.buyer, amount: whole)
        case 1: return .beginAuthorization(key: key, confirming: whole)
        case 2, 3: return .authorize(amount: whole, reference: "reference")
        case 4, 5: return .beginCapture(key: key, amount: part)
        case 6...8: return .capture(key: key, amount: part)
        case 9: return .beginVoid(key: key)
        case 10: return .void
        case 11: return .refuseOperation(key: key)
        case 12...14: return .initiateRefund(key: key, amount: part, to: run.element(of: RefundDestination.allCases))
        case 15, 16: return .completeRefund(key: key)
        case 17: return .failRefund(key: key)
        case 19:
            return .settleDiscrepancy(
                PaymentDiscrepancyID(bits: UInt128(run.natural(through: 20))),
                kind: run.element(of: PaymentOperationKind.allCases),
                key: key,
                as: run.element(of: PaymentDiscrepancyEnd.allCases)
            )
        case 18: return happens(onceIn: 4) ? .fail(run.element(of: PaymentFailureReason.allCases)) : .void
        default: return .authorize(amount: amount, reference: "reference")
        }
    }

    /// Refunded and being refunded ≤ captured, captured and set free ≤ authorized ≤ asked for; each is the sum of its
    /// parts.
    private static func problem(of payment: Payment) -> String? {
        guard let amounts = payment.amounts, let begun = payment.begun else { return nil }
        let captured = payment.captures.values.reduce(0) { $0 + $1.minorUnits }
        func refunds(_ status: PaymentRefund.Status) -> Int64 {
            payment.refunds.values.reduce(0) { $1.status == status ? $0 + $1.amount.minorUnits : $0 }
        }
        let underWay = payment.operations.values.reduce(Int64(0)) { sum, operation in
            operation.kind == .capture && operation.status == .begun ? sum + (operation.amount?.minorUnits ?? 0) : sum
        }
        let parts = [amounts.authorized, amounts.captured, amounts.voided, amounts.refunded, amounts.pendingRefunds]
        guard parts.allSatisfy({ !$0.isNegative }), captured == amounts.captured.minorUnits,
            refunds(.completed) == amounts.refunded.minorUnits,
            refunds(.initiated) == amounts.pendingRefunds.minorUnits,
            amounts.refunded.minorUnits + amounts.pendingRefunds.minorUnits <= amounts.captured.minorUnits,
            captured + underWay + amounts.voided.minorUnits <= amounts.authorized.minorUnits,
            amounts.authorized.isZero || amounts.authorized == begun.amount
        else { return "the amounts of a payment do not add up: \(amounts)" }
        if payment.status == .refunded, amounts.refunded != amounts.captured {
            return "a payment is refunded, and something of it is kept"
        }
        return nil
    }
}

extension CommandStream {
    mutating func commandReturn() throws {
        let wish = try subject(of: \.returns) { stream in
            let (owner, seller) = (stream.anyOwner(), stream.happens(onceIn: 4) ? nil : stream.anySeller())
            let request = stream.newRequest(owner, seller)
            return StreamSubject(request, owner: owner, seller: seller, invariant: Self.problem(of:))
        }
        let action: ReturnAction
        switch wish.root.status {
        case nil: action = happens(onceIn: 3) ? newRequest(wish.owner ?? Example.buyer, wish.seller) : wish.birth
        case .requested where happens(onceIn: 3): action = .approve
        case .approved where happens(onceIn: 3):
            wait(OrderReturn.sendingPeriod)
            action = run.element(of: [.expire, .send])
        default: action = anyAction(of: wish)
        }
        try give(action, to: wish)
    }

    private mutating func anyAction(of wish: StreamSubject<OrderReturn, ReturnAction>) -> ReturnAction {
        switch run.natural(through: 11) {
        case 0: return happens(onceIn: 3) ? newRequest(wish.owner ?? Example.buyer, wish.seller) : wish.birth
        case 1, 2: return .approve
        case 3: return .reject(run.element(of: ReturnRejectionReason.allCases))
        case 4: return .cancel
        case 5: return .expire
        case 6: return .send
        case 7...9:
            let disposition = run.element(of: ReturnedUnits.Disposition.allCases)
            return .receive([ReturnedUnits(lineIndex: 0, units: run.natural(through: 4), disposition: disposition)])
        default: return .complete(refunded: Example.won(Int64(run.natural(through: 100)) - 5))
        }
    }

    private mutating func newRequest(_ buyer: MemberID, _ seller: SellerID?) -> ReturnAction {
        let deliveredAt = happens(onceIn: 10) ? nil : now.advanced(by: .days(-run.natural(through: 16)))
        let line = ReturnableOrder.Line(returnableUnits: 1 + run.natural(through: 3), deliveredAt: deliveredAt)
        let kind = run.element(of: ReturnKind.allCases)
        let item = ReturnItem(
            lineIndex: 0,
            quantity: .units(1 + run.natural(through: 2)),
            reason: run.element(of: ReturnReason.allCases)
        )
        return .request(
            id: ReturnID(bits: nextNumber()),
            order: ReturnableOrder(id: Example.orderID, buyer: buyer, seller: seller, lines: [line]),
            kind: kind,
            items: happens(onceIn: 12) ? [] : [item],
            terms: .european,
            replacement: kind == .exchange ? OrderID(bits: nextNumber()) : nil
        )
    }

    private static func problem(of wish: OrderReturn) -> String? {
        guard let requested = wish.requested else { return nil }
        for item in requested.items {
            let units = wish.received.reduce(0) { $1.lineIndex == item.lineIndex ? $0 + $1.units : $0 }
            if units > item.quantity.value { return "\(units) units came back, \(item.quantity) were to" }
        }
        if (wish.status == .completed) != (wish.refunded != nil) { return "a return is settled and not completed" }
        return wish.refunded?.isNegative == true ? "a return gives back less than nothing" : nil
    }
}
