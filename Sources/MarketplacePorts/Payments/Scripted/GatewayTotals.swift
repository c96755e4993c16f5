public import MarketplaceCore
public import MarketplaceDomain

/// What a gateway has moved for one payment.
public struct GatewayTotals: Sendable, Hashable {
    /// How much was set aside by all authorizations.
    public private(set) var authorized: Money
    /// How much of it was taken.
    public private(set) var captured: Money
    /// How much of it was set free again.
    public private(set) var voided: Money
    /// How much was given back.
    public private(set) var refunded: Money

    init(_ currency: Currency) {
        authorized = .zero(currency)
        captured = .zero(currency)
        voided = .zero(currency)
        refunded = .zero(currency)
    }

    /// How much can still be taken.
    func capturable() throws(MoneyError) -> Money {
        try authorized - captured - voided
    }

    /// How much can still be given back.
    func refundable() throws(MoneyError) -> Money {
        try captured - refunded
    }

    mutating func add(_ amount: Money, as kind: GatewayOperationKind) throws(MoneyError) {
        switch kind {
        case .authorize: try authorized += amount
        case .capture: try captured += amount
        case .void: try voided += amount
        case .refund: try refunded += amount
        }
    }
}

extension Sequence<GatewayRecordEntry> {
    /// What was moved for each payment.
    ///
    /// A payment for which nothing was moved is left out.
    public func totals() throws(MoneyError) -> [PaymentID: GatewayTotals] {
        var totals: [PaymentID: GatewayTotals] = [:]
        for entry in self {
            guard let moved = entry.moved else { continue }
            var total = totals[entry.payment] ?? GatewayTotals(moved.currency)
            try total.add(moved, as: entry.kind)
            totals[entry.payment] = total
        }
        return totals
    }
}
