import ExampleSupport
import Marketplace

extension SaleAudit {
    var noSagaIsLost: NamedCheck {
        var faults: [String] = []
        for order in history.earlierOrders.subtracting(evidence.sagaOrders) {
            faults.append("the saga of order \(order), which an earlier process had begun, is gone")
        }
        for order in history.earlierOrders where attempts[order] == nil {
            faults.append("nobody asked for order \(order) again, which an earlier process had begun")
        }
        for order in Set(attempts.keys).subtracting(evidence.sagaOrders) {
            faults.append("order \(order) has no saga")
        }
        for order in evidence.sagaOrders where attempts[order] == nil {
            faults.append("nobody asked for the saga of order \(order)")
        }
        let earlier = history.earlierOrders.count
        return check(
            "no saga is lost",
            faults,
            "\(Format.count(evidence.sagaOrders.count)) sagas, one for each attempt"
                + (earlier > 0 ? "; \(Format.count(earlier)) begun by earlier processes" : "")
        )
    }

    /// Nil when nobody has written down what was acknowledged.
    var acknowledgedIsThere: NamedCheck? {
        guard let lines = evidence.acknowledged else { return nil }
        let allocated = Set(evidence.openReservations.lazy.filter { $0.state == .allocated }.map(\.id.bits))
        let reserved = Set(
            evidence.movements.values.lazy.joined().filter { $0.kind == .reservation }.compactMap(\.reservation?.bits)
        )
        var faults: [String] = []
        for line in lines {
            switch line {
            case .bought(let order):
                let isPaid = totals[PaymentID(bits: order.bits)]?.captured.isPositive == true
                let isConfirmed = evidence.orders[order]?.status == .confirmed
                if isPaid, isConfirmed, allocated.contains(order.bits) { continue }
                faults.append("order \(order) was acknowledged, and is not confirmed, paid and allocated")
            case .held(let reservation):
                if reserved.contains(reservation.bits) { continue }
                faults.append("hold \(reservation) was acknowledged, and there is none")
            }
        }
        return check(
            "every acknowledged purchase and hold is there",
            faults,
            "\(Format.count(lines.count)) were acknowledged"
        )
    }
}
