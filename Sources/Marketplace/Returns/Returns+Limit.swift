import MarketplaceCore
import MarketplaceDomain
import MarketplaceStorage

extension Returns {
    /// What a return gives: what was paid for its units, or what is left to give where that is less, because the buyer
    /// was given something before that was not for units.
    ///
    /// What other returns and orders of the purchase were promised and is not on its way yet is theirs. Nothing is
    /// limited while the purchase is not fully captured, or was paid elsewhere: then the payment has the last word.
    ///
    /// - Parameters:
    ///   - amount: What was paid for its units.
    ///   - order: Its order.
    ///   - id: The return.
    ///   - transaction: Is only applied if what was read here is still true.
    /// - Returns: What is given.
    /// - Throws: ``ReturnsError`` when something cannot be read.
    func limited(
        _ amount: Money,
        of order: Order,
        for id: ReturnID,
        in transaction: inout Transaction
    ) async throws(ReturnsError) -> Money {
        guard amount.isPositive else { return amount }
        let places = try await places(of: order.refundingPayments)
        var leftMinor: Int128 = 0
        for place in places {
            guard place.isWhollyTaken, let left = place.refundable, left.currency == amount.currency else {
                return amount
            }
            leftMinor += Int128(left.minorUnits)
            transaction.require(place.requirement)
        }
        let purchase: [Order]
        do throws(OrdersError) {
            purchase = try await archive.orders.purchase(of: order)
        } catch {
            throw .order(error)
        }
        for other in purchase {
            guard let otherID = other.id else { continue }
            var own: [RefundPlace] = []
            if otherID != order.id {
                let ledger = DocumentKey(ReturnArchive.ledgers, otherID)
                let revision = try await archive.read(ledger, as: RefundLedger.self)?.revision
                transaction.require(.document(ledger, at: revision))
                own = try await self.places(of: other.changePayments)
            }
            let promised = try await promised(by: other, otherID, besides: id, at: places + own)
            let ownMinor = own.reduce(Int128(0)) { $0 + Int128($1.refundable?.minorUnits ?? 0) }
            leftMinor -= max(0, promised - ownMinor)
        }
        let minorUnits = min(Int128(amount.minorUnits), max(0, leftMinor))
        return Money(minorUnits: Int64(clamping: minorUnits), amount.currency)
    }

    /// What returns of an order, and the order itself, were promised to give and have not begun to.
    private func promised(
        by order: Order,
        _ id: OrderID,
        besides current: ReturnID,
        at places: [RefundPlace]
    ) async throws(ReturnsError) -> Int128 {
        var promised: Int128 = 0
        func missing(_ amount: Money, _ name: RefundName) -> Int128 {
            Int128(places.missingMinor(of: amount, as: name))
        }
        for refund in order.refunds where !refund.isSettled {
            promised += missing(refund.amount, .owed(refund, by: id))
        }
        try await archive.forEachReturn(of: id) { summary in
            guard summary.id != current, summary.status == .completed, !summary.isSettled,
                let refunded = summary.refunded
            else { return }
            promised += missing(refunded, .given(by: summary.id))
        }
        return promised
    }

    private func places(of ids: [PaymentID]) async throws(ReturnsError) -> [RefundPlace] {
        do throws(PaymentError) {
            return try await payments.purchases.places(of: ids)
        } catch {
            throw .payment(error)
        }
    }
}
