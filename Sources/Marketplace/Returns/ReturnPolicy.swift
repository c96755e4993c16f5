public import MarketplaceDomain

/// Until when goods can be returned, and what comes back with them.
public struct ReturnPolicy: Sendable, Hashable {
    /// When delivery charges are given back.
    public enum DeliveryCharges: Sendable, Hashable {
        /// When nothing is kept of the order, with the last of its returns (Directive 2011/83/EU article 13).
        case whenNothingIsKept
        /// Never.
        case never
    }

    /// Until when, and for what reasons.
    public var terms: ReturnTerms
    /// When delivery charges are given back.
    public var deliveryCharges: DeliveryCharges
    /// Whether the uses of coupons and limits come back when nothing is kept of the purchase.
    ///
    /// As far as the policies allow that they were redeemed under.
    public var restoresCoupons: Bool

    /// A policy of these parts.
    public init(
        terms: ReturnTerms = .european,
        deliveryCharges: DeliveryCharges = .whenNothingIsKept,
        restoresCoupons: Bool = true
    ) {
        self.terms = terms
        self.deliveryCharges = deliveryCharges
        self.restoresCoupons = restoresCoupons
    }
}
