import ExampleSupport
import Marketplace

extension SaleAudit {
    private var confirmedOrders: [Order] { evidence.orders.values.filter { $0.status == .confirmed } }

    var gatewayAgrees: NamedCheck {
        let prices = Dictionary(uniqueKeysWithValues: history.offers.map { ($0.sku, $0.price) })
        var faults: [String] = []
        var expected: Int128 = 0
        for order in confirmedOrders {
            guard let placed = order.placed else { continue }
            let price = placed.lines.reduce(Int128(0)) { sum, line in
                sum + Int128(prices[line.sku]?.minorUnits ?? 0) * Int128(line.quantity.value)
            }
            expected += price
            let moved = totals[PaymentID(bits: placed.orderID.bits)]
            let kept = moved.map { Int128($0.captured.minorUnits) - Int128($0.refunded.minorUnits) } ?? 0
            if kept != price { faults.append("order \(placed.orderID): \(kept) captured, the price is \(price)") }
        }
        let captured = totals.values.reduce(Int128(0)) {
            $0 + Int128($1.captured.minorUnits) - Int128($1.refunded.minorUnits)
        }
        if captured != expected { faults.append("\(captured) captured in all, confirmed orders come to \(expected)") }
        return check(
            "captured at the gateway = confirmed orders × price",
            faults,
            "\(SalePlan.currency.code) \(Format.count(captured)) in \(Format.count(confirmedOrders.count)) payments"
        )
    }

    var paymentsAndOrdersMatch: NamedCheck {
        var faults: [String] = []
        let captured = Set(totals.filter { $0.value.captured.isPositive }.keys.map(\.bits))
        let confirmed = Set(confirmedOrders.compactMap { $0.id?.bits })
        for bits in captured.subtracting(confirmed) {
            faults.append("payment \(PaymentID(bits: bits)) is captured without a confirmed order")
        }
        for bits in confirmed.subtracting(captured) {
            faults.append("order \(OrderID(bits: bits)) is confirmed without a captured payment")
        }
        for (id, payment) in evidence.payments where captured.contains(id.bits) != (payment.status == .captured) {
            let status = payment.status.map { "\($0)" } ?? "unknown"
            faults.append("payment \(id) is \(status) in the shop and not at the gateway, or the other way round")
        }
        return check(
            "no captured payment without a confirmed order, none confirmed without",
            faults,
            "\(Format.count(captured.count)) payments and \(Format.count(confirmed.count)) orders"
        )
    }

    var nothingLeftOpen: NamedCheck {
        var faults: [String] = []
        for status in [SagaStatus.running, .stuck] {
            let count = evidence.sagaCounts[status, default: 0]
            if count > 0 { faults.append("\(count) sagas are \(status.rawValue)") }
        }
        let held = evidence.openReservations.count { $0.state == .held }
        if held > 0 { faults.append("\(held) reservations are held") }
        for (id, moved) in totals where Self.isOpen(moved) { faults.append("payment \(id) has money set aside") }
        let pending = evidence.orders.values.count { $0.status == .pending }
        if pending > 0 { faults.append("\(pending) orders are pending") }
        let open = evidence.payments.values.count { $0.status == .created || $0.status == .authorized }
        if open > 0 { faults.append("\(open) payments are open in the shop") }
        if history.unanswered.unresolved > 0 {
            faults.append("what became of \(history.unanswered.unresolved) unanswered requests was not found out")
        }
        let sagas = evidence.sagaCounts
        return check(
            "nothing left open",
            faults,
            "\(Format.count(sagas[.completed, default: 0])) sagas completed,"
                + " \(Format.count(sagas[.aborted, default: 0])) undone; no hold, authorization, order or payment open"
        )
    }

    private static func isOpen(_ moved: GatewayTotals) -> Bool {
        Int128(moved.authorized.minorUnits) > Int128(moved.captured.minorUnits) + Int128(moved.voided.minorUnits)
    }

    var paymentRefusals: NamedCheck {
        let refused = Set(evidence.gatewayEntries.filter { $0.refusal != nil }.map(\.payment))
        var faults: [String] = []
        var count = 0
        for (_, attempt) in allAttempts {
            guard case .refused(.payment(let error)) = attempt.result else { continue }
            count += 1
            if error.code != .declined || !refused.contains(PaymentID(bits: attempt.order.bits)) {
                faults.append("order \(attempt.order): \(error), of which the gateway knows nothing")
            }
        }
        return check(
            "every refused payment is in the record of the gateway",
            faults,
            "\(Format.count(count)) refused"
        )
    }
}
