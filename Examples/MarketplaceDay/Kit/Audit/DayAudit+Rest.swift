import ExampleSupport
import Marketplace

extension DayAudit {
    var nothingIsOpen: NamedCheck {
        var faults: [String] = []
        for status in [SagaStatus.running, .waiting, .stuck] {
            if let count = evidence.openSagas[status] { faults.append("\(count) checkouts are \(status.rawValue)") }
        }
        if evidence.heldReservations > 0 { faults.append("\(evidence.heldReservations) reservations are held") }
        let owed = evidence.orders.values.flatMap(\.refunds).count { !$0.isSettled }
        if owed > 0 { faults.append("\(owed) refunds are owed") }
        let pending = evidence.orders.values.count { $0.status == .pending }
        if pending > 0 { faults.append("\(pending) orders are neither paid nor given up") }
        let asides = evidence.payments.values.count { $0.status == .created || $0.status == .authorized }
        if asides > 0 { faults.append("\(asides) payments are open") }
        let owing = evidence.orders.values.count(where: \.owesStock)
        if owing > 0 { faults.append("\(owing) orders owe their stock") }
        let unsettled = evidence.returns.values.count {
            $0.status == .received || $0.status == .completed && !$0.isSettled
        }
        if unsettled > 0 { faults.append("\(unsettled) returns are not settled") }
        let held = evidence.creditLeft.values.count { $0.heldMinor != 0 }
        if held > 0 { faults.append("store credit of \(held) buyers is set aside") }
        let underWay = evidence.payouts.values.count { $0.status == .created || $0.status == .sent }
        if underWay > 0 { faults.append("\(underWay) payouts are under way") }
        return Self.check("nothing is left open", faults, "no checkout, hold, refund, return, payment or payout")
    }

    var noticesWereTaken: NamedCheck {
        let waiting = evidence.waitingNotices
        return Self.check(
            "every webhook was taken in",
            evidence.failedNotices + (waiting > 0 ? ["\(waiting) wait"] : []),
            "none waits, none was refused"
        )
    }

    var troublesHappened: NamedCheck {
        let troubles = history.troubles
        let name = "every trouble happened"
        let missing = DayTrouble.allCases.filter { troubles[$0] == nil }
        guard history.plan.settings.days >= DaySettings.completeDays else {
            let count = DayTrouble.allCases.count - missing.count
            return NamedCheck(name, passed: true, finding: "not asked of fewer than 7 days: \(count) of them did")
        }
        let count = troubles.values.reduce(0, +)
        return Self.check(name, missing.map { "not once: \($0.title)" }, "\(count) times in all, each put right")
    }

    /// What is there of each SKU is what came in, less what was sent or lost, and what came back.
    var stockAgrees: NamedCheck {
        let weeks = (history.plan.settings.days + 6) / 7
        var onHand: [SKU: Int64] = [:]
        var promised: [SKU: Int64] = [:]
        for (number, product) in history.plan.products.enumerated() {
            onHand[DayPlan.sku(of: number), default: 0] += Int64((product.isSinglePiece ? 1 : weeks) * product.stock)
        }
        for order in evidence.orders.values {
            for (line, units) in zip(order.lines, order.units) {
                onHand[line.sku, default: 0] += Int64(units.returned - units.shipped)
                guard let id = order.id, evidence.confirmed.contains(id), order.status != .canceled else { continue }
                promised[line.sku, default: 0] += Int64(units.open + units.packed)
            }
            for parcel in order.parcels.values where parcel.stage == .takenBack && !parcel.isBackInStock {
                for lost in parcel.units { onHand[order.lines[lost.lineIndex].sku, default: 0] -= Int64(lost.units) }
            }
        }
        let faults = evidence.stock.values.sorted { $0.sku < $1.sku }.compactMap { stock -> String? in
            let expected = (onHand[stock.sku, default: 0], promised[stock.sku, default: 0])
            guard (stock.onHand, stock.allocated) != expected || stock.onHand < 0 else { return nil }
            return "\(stock.sku): \(stock.onHand) there and \(stock.allocated) promised, by orders \(expected.0) and"
                + " \(expected.1)"
        }
        return Self.check("stock = taken in - sent - lost + come back", faults, "\(evidence.stock.count) SKUs")
    }

    var mailWasSentOnce: NamedCheck {
        let joined = history.total(\.joined)
        let addresses = evidence.verifiedAddresses
        let doubled = addresses.count - Set(addresses).count
        var faults: [String] = []
        if doubled > 0 { faults.append("\(doubled) came twice") }
        if Set(addresses).count != joined { faults.append("\(joined) joined, \(Set(addresses).count) got a link") }
        return Self.check("each new member got one link", faults, "\(joined) mails")
    }
}
