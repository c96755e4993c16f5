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
        var leftMinor: Int128 = 0
        var paid: [PaymentID: Payment] = [:]
        for payment in order.refundingPayments {
            let loaded = try await load(payment)
            guard let amounts = loaded.root.amounts, let open = try? amounts.capturable(), open.isZero,
                let left = try? amounts.refundable(), left.currency == amount.currency
            else { return amount }
            leftMinor += Int128(left.minorUnits)
            paid[payment] = loaded.root
            if let stream = try? payments.repository.stream(of: payment) {
                transaction.require(.stream(stream, at: loaded.version))
            }
        }
        let purchase: [Order]
        do throws(OrdersError) {
            purchase = try await archive.orders.purchase(of: order)
        } catch {
            throw .order(error)
        }
        for other in purchase {
            guard let otherID = other.id else { continue }
            var payments = paid
            var own: Int128 = 0
            if otherID != order.id {
                let ledger = DocumentKey(ReturnArchive.ledgers, otherID)
                let revision = try await archive.read(ledger, as: RefundLedger.self)?.revision
                transaction.require(.document(ledger, at: revision))
                for change in other.changePayments {
                    let payment = try await load(change).root
                    payments[change] = payment
                    own += Int128((try? payment.amounts?.refundable())?.minorUnits ?? 0)
                }
            }
            let promised = try await promised(by: other, otherID, besides: id, on: payments)
            leftMinor -= max(0, promised - own)
        }
        let minorUnits = min(Int128(amount.minorUnits), max(0, leftMinor))
        return Money(minorUnits: Int64(clamping: minorUnits), amount.currency)
    }

    /// What returns of an order, and the order itself, were promised to give and have not begun to.
    private func promised(
        by order: Order,
        _ id: OrderID,
        besides current: ReturnID,
        on payments: [PaymentID: Payment]
    ) async throws(ReturnsError) -> Int128 {
        var promised: Int128 = 0
        for refund in order.refunds where !refund.isSettled {
            // All keys of a refund, by whichever payment and at whichever attempt, begin alike.
            let key = "\(id)/refund/\(refund.number)"
            promised += Int128(refund.amount.minorUnits)
            for payment in payments.values { promised -= payment.begun { $0 == key || $0.hasPrefix("\(key)/") } }
        }
        var query = DocumentQuery.indexed(
            ReturnArchive.summaries,
            by: ReturnSummary.orderIndex,
            prefix: [.id(id)],
            limit: Self.pageLimit
        )
        while true {
            let page = try await archive.page(of: query, as: ReturnSummary.self)
            for summary in page.values where summary.id != current && summary.status == .completed && !summary.isSettled
            {
                promised += Int128(summary.refunded?.minorUnits ?? 0)
                for (payment, value) in payments {
                    let prefix = "\(payment)/\(PaymentOperationKind.refund.rawValue)/return \(summary.id)/"
                    promised -= value.begun { $0.hasPrefix(prefix) }
                }
            }
            guard let next = page.next else { return promised }
            query = query.continued(from: next)
        }
    }

    private func load(_ id: PaymentID) async throws(ReturnsError) -> LoadedAggregate<Payment> {
        do throws(RepositoryError<PaymentRejection>) {
            return try await payments.repository.load(id)
        } catch {
            throw .payment(PaymentError(error))
        }
    }
}

extension Payment {
    /// What refunds of those keys came to that did not fail.
    fileprivate func begun(_ isMeant: (String) -> Bool) -> Int128 {
        refunds.reduce(Int128(0)) { sum, refund in
            refund.value.status != .failed && isMeant(refund.key.text)
                ? sum + Int128(refund.value.amount.minorUnits) : sum
        }
    }
}
