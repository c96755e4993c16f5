public import MarketplaceCore
public import MarketplaceDomain

/// By what a buyer wants to pay for a purchase, and how much of it at most.
///
/// Store credit is drawn upon first, whatever the order; payments at the gateway in the order in which they are named.
public enum CheckoutTender: Sendable, Hashable, Codable {
    /// The buyer's store credit: as much as there is when the money is set aside, or up to a limit.
    case storeCredit(upTo: Money? = nil)
    /// A payment at the gateway, by a saved method or by what the gateway itself knows to charge; for all that is left,
    /// or up to a limit.
    case gateway(method: PaymentMethodID? = nil, upTo: Money? = nil)

    /// The offer it is, given how much credit there is and which payment it would be.
    func offer(available: Money, payment: PaymentID) -> TenderOffer {
        switch self {
        case .storeCredit(let limit?) where limit.currency != available.currency:
            TenderOffer(.storeCredit, upTo: limit)
        case .storeCredit(let limit):
            TenderOffer(
                .storeCredit,
                upTo: Money(
                    minorUnits: min(limit?.minorUnits ?? available.minorUnits, available.minorUnits),
                    available.currency
                )
            )
        case .gateway(_, let limit): TenderOffer(.gateway(payment), upTo: limit)
        }
    }

    /// The saved method that is charged, if it is one.
    var method: PaymentMethodID? {
        if case .gateway(let method, _) = self { method } else { nil }
    }
}

/// What was set aside or taken of one tender.
public struct TenderReceipt: Sendable, Hashable, Codable {
    /// From where, and how much.
    public let tender: Tender
    /// What the gateway calls the payment; nil for what the marketplace owes.
    public let reference: GatewayReference?

    /// A receipt of these parts.
    public init(_ tender: Tender, reference: GatewayReference? = nil) {
        self.tender = tender
        self.reference = reference
    }
}
