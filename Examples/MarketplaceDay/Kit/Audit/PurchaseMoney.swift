import Marketplace

/// The money of one purchase: what was taken for its orders and what was given back.
struct PurchaseMoney: Sendable {
    /// Its currency.
    let currency: Currency
    /// What was taken from the buyer.
    var taken = ThreeCounts()
    /// What the buyer was given back.
    var given = ThreeCounts()
    /// What the payment itself has recorded as taken and given back by the gateway.
    var recorded: (taken: Int128, given: Int128) = (0, 0)

    init(_ currency: Currency) {
        self.currency = currency
    }

    /// The money of every purchase that anybody knows of.
    static func all(_ evidence: DayEvidence) throws -> [PaymentID: PurchaseMoney] {
        var purchases: [PaymentID: PurchaseMoney] = [:]
        func change(_ id: PaymentID, _ currency: Currency, _ change: (inout PurchaseMoney) -> Void) {
            change(&purchases[id, default: PurchaseMoney(currency)])
        }
        for (id, totals) in try evidence.gatewayEntries.totals() where totals.captured.isPositive {
            change(id, totals.captured.currency) {
                $0.taken.cash += Int128(totals.captured.minorUnits)
                $0.given.cash += Int128(totals.refunded.minorUnits)
            }
        }
        for (id, payment) in evidence.payments {
            guard let amounts = payment.amounts, amounts.captured.isPositive else { continue }
            change(id, amounts.captured.currency) {
                $0.recorded.taken += Int128(amounts.captured.minorUnits)
                $0.recorded.given += payment.givenBackMinor
            }
        }
        for id in evidence.confirmed {
            // What is sent again in place of something broken costs nothing.
            guard let order = evidence.orders[id], let placed = order.placed, let payment = order.paymentID,
                placed.total.isPositive
            else { continue }
            change(payment, placed.total.currency) {
                $0.taken.orders += Int128(placed.total.minorUnits)
                for refund in order.refunds { $0.given.orders += Int128(refund.amount.minorUnits) }
            }
        }
        for returned in evidence.returns.values {
            guard let refunded = returned.refunded, refunded.isPositive, let order = returned.requested?.orderID,
                let payment = evidence.orders[order]?.paymentID
            else { continue }
            change(payment, refunded.currency) { $0.given.orders += Int128(refunded.minorUnits) }
        }
        for entry in evidence.entries {
            guard let order = entry.cause.orderID, let payment = evidence.orders[order]?.paymentID else { continue }
            for line in entry.lines where line.account == .cash || line.account == .storeCredit {
                let (amount, isCash) = (Int128(line.amount.minorUnits), line.account == .cash)
                let part = isCash ? \ThreeCounts.ledger : \ThreeCounts.ledgerCredit
                change(payment, line.amount.currency) {
                    if amount > 0 { $0.taken[keyPath: part] += amount } else { $0.given[keyPath: part] -= amount }
                }
            }
        }
        return purchases
    }

    /// What is not the same everywhere.
    func differences(of id: PaymentID) -> [String] {
        var found: [String] = []
        for (what, counts, recorded) in [
            ("was taken", taken, recorded.taken), ("was given back", given, recorded.given),
        ] where !counts.isExact || recorded != counts.cash {
            found.append(
                "Payment \(id), what \(what): \(text(counts.cash)) at the gateway, \(text(recorded)) recorded,"
                    + " \(text(counts.ledger)) and \(text(counts.ledgerCredit)) of store credit in the ledger,"
                    + " \(text(counts.orders)) by its orders."
            )
        }
        return found
    }

    private func text(_ minorUnits: Int128) -> String {
        DayAmount.text(minorUnits, currency)
    }
}

extension Payment {
    /// What the gateway has given back; what became store credit stayed there.
    fileprivate var givenBackMinor: Int128 {
        refunds.values.filter { $0.status == .completed && $0.destination != .storeCredit }
            .reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
    }
}
