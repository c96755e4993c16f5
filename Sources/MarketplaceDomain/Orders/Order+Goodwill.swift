import MarketplaceCore

extension Order.Known {
    func giveGoodwill(
        _ amount: Money,
        atCostOf bearer: GoodwillBearer,
        because reason: GoodwillReason
    ) throws(OrderRejection) -> [OrderEvent] {
        // The lifecycle cannot tell at whose cost it is.
        do throws(CommandForbidden) {
            if command.actor.role == .seller { try command.authorize(owner: placed.buyerID, seller: placed.sellerID) }
        } catch {
            throw .forbidden(error)
        }
        _ = try move(.giveGoodwill)
        guard bearer != .seller || placed.sellerID != nil else { throw .noSeller }
        try check(amount)
        guard order.goodwillCount < Order.maximumGoodwillCount else {
            throw .tooMuchGoodwill(maximum: Order.maximumGoodwillCount)
        }
        let given = OrderGoodwillGiven(
            orderID: id,
            number: order.refunds.count + 1,
            amount: amount,
            bearer: bearer,
            reason: reason,
            by: command.actor,
            at: command.time
        )
        return [.goodwillGiven(given)]
    }

    func noteReturnRefund(_ returnID: ReturnID, _ amount: Money) throws(OrderRejection) -> [OrderEvent] {
        _ = try move(.noteReturnRefund)
        if let known = order.returnRefunds[returnID] {
            guard known == amount else { throw .returnRefundFixed(returnID, known) }
            return []
        }
        try check(amount)
        let fixed = OrderReturnRefundFixed(
            orderID: id,
            returnID: returnID,
            amount: amount,
            by: command.actor,
            at: command.time
        )
        return [.returnRefundFixed(fixed)]
    }

    /// Refuses to give back what is not an amount, or more than is left.
    private func check(_ amount: Money) throws(OrderRejection) {
        let refundable = order.refundable ?? .zero(placed.total.currency)
        guard amount.currency == refundable.currency else {
            throw .amount(.currencyMismatch(left: refundable.currency, right: amount.currency))
        }
        guard amount.isPositive else { throw .notPositive(amount) }
        guard amount.minorUnits <= refundable.minorUnits else {
            throw .exceedsRefundable(requested: amount, refundable: refundable)
        }
    }
}
