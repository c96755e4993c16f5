import ExampleSupport
import Marketplace

extension DayAudit {
    /// Whoever sent something back or complained has the money or the goods.
    var returnsWereAnswered: NamedCheck {
        let settled = evidence.returns.sorted { "\($0.key)" < "\($1.key)" }.map(\.value).filter(\.isSettled)
        var counts: [ReturnKind: Int] = [:]
        for value in settled { if let kind = value.requested?.kind { counts[kind, default: 0] += 1 } }
        return Self.check(
            "who sent something back has money or goods for it",
            settled.compactMap(missing),
            "\(counts[.refund, default: 0]) returns, \(counts[.exchange, default: 0]) exchanges,"
                + " \(counts[.claimReplacement, default: 0]) claims"
        )
    }

    /// What a settled return lacks; nil when it is complete.
    private func missing(in value: OrderReturn) -> String? {
        guard let requested = value.requested, let completed = value.completed else { return "a return of nothing" }
        let isPaid = completed.refunded.isPositive
        let id = requested.returnID
        switch requested.kind {
        case .refund, .claimRefund: return isPaid ? nil : "return \(id) gave nothing back"
        case .exchange:
            guard isPaid else { return "exchange \(id) gave nothing back" }
            return order(requested.replacementID, of: requested)?.total?.isPositive == true
                ? nil : "exchange \(id) has no purchase beside it"
        case .claimReplacement:
            guard let replacement = completed.replacementID else {
                return isPaid ? nil : "claim \(id) gave neither money nor goods"
            }
            guard !isPaid else { return "claim \(id) gave money and goods" }
            let goods = order(replacement, of: requested)
            let units = goods?.lines.reduce(0) { $0 + $1.quantity.value }
            guard goods?.total?.isZero == true, units == value.received.reduce(0, { $0 + $1.units }) else {
                return "what claim \(id) was to send again is not on order, or costs something"
            }
            return nil
        }
    }

    /// An order that was confirmed for who asked for the return.
    private func order(_ id: OrderID?, of requested: ReturnRequested) -> Order? {
        guard let id, evidence.confirmed.contains(id), let order = evidence.orders[id],
            order.placed?.buyerID == requested.buyerID
        else { return nil }
        return order
    }
}
