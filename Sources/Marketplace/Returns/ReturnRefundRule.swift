public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePromotions

/// How much is given back for units that come back.
///
/// Whatever it is, all returns of an order together give what was paid, and none more than is left: the ledger sees to
/// that.
public protocol ReturnRefundRule: Sendable {
    /// Takes units and delivery charges back.
    ///
    /// - Parameters:
    ///   - units: How many units of which lines; above zero.
    ///   - charges: The delivery charges that are given back.
    ///   - order: The order.
    ///   - ledger: What of the order was given back before; it is changed by what is given back now.
    /// - Returns: What is given back.
    /// - Throws: ``ReturnsError``; the return waits, and is tried again.
    func refund(
        _ units: [BasketLineID: Int],
        shipping charges: Set<BasketLineID>,
        of order: Order,
        on ledger: inout RefundLedger
    ) async throws(ReturnsError) -> Refund
}

/// Gives what was paid for the very units that come back.
public struct FrozenRefunds: ReturnRefundRule {
    /// The rule.
    public init() {}

    /// Takes the first units that were not returned before, and gives their frozen shares.
    public func refund(
        _ units: [BasketLineID: Int],
        shipping charges: Set<BasketLineID>,
        of order: Order,
        on ledger: inout RefundLedger
    ) async throws(ReturnsError) -> Refund {
        do throws(RefundRefusal) {
            return try ledger.refund(units, shipping: charges)
        } catch {
            throw .refund(error)
        }
    }
}

/// Gives what was paid more than what the buyer keeps would have cost, so that a discount for many is not had for few.
///
/// What is kept is priced again with the promotions that applied to the order. The last return gives all that is left.
public struct RequalifiedRefunds: ReturnRefundRule {
    /// What an order was placed with.
    public struct Placement: Sendable, Hashable {
        /// The basket.
        public let basket: Basket
        /// The terms it was priced under.
        public let terms: PricingTerms

        /// A placement of these parts.
        public init(_ basket: Basket, under terms: PricingTerms) {
            self.basket = basket
            self.terms = terms
        }
    }

    private let placement: @Sendable (OrderID) async throws(ReturnsError) -> Placement?

    /// The rule.
    ///
    /// - Parameter placement: What an order was placed with, which the application keeps; nil where the frozen shares are
    ///   given.
    public init(_ placement: @escaping @Sendable (OrderID) async throws(ReturnsError) -> Placement?) {
        self.placement = placement
    }

    /// Prices what is kept anew.
    public func refund(
        _ units: [BasketLineID: Int],
        shipping charges: Set<BasketLineID>,
        of order: Order,
        on ledger: inout RefundLedger
    ) async throws(ReturnsError) -> Refund {
        guard let id = order.id, let placed = try await placement(id) else {
            return try await FrozenRefunds().refund(units, shipping: charges, of: order, on: &ledger)
        }
        do throws(RequalificationError) {
            return try ledger.refund(
                units,
                shipping: charges,
                requalifying: placed.basket,
                under: placed.terms
            )
        } catch {
            throw .requalification(error)
        }
    }
}

extension ReturnRefundRule where Self == FrozenRefunds {
    /// Gives what was paid for the very units that come back.
    public static var frozen: FrozenRefunds { FrozenRefunds() }
}

extension ReturnRefundRule where Self == RequalifiedRefunds {
    /// Gives what was paid more than what the buyer keeps would have cost.
    public static func requalified(
        _ placement: @escaping @Sendable (OrderID) async throws(ReturnsError) -> RequalifiedRefunds.Placement?
    ) -> RequalifiedRefunds {
        RequalifiedRefunds(placement)
    }
}
