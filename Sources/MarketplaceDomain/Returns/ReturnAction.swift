public import MarketplaceCore

/// What can be asked of a return.
public enum ReturnAction: Sendable, Hashable {
    /// Ask for it. For an exchange, `replacement` is the order that is sent instead.
    case request(
        id: ReturnID,
        order: ReturnableOrder,
        kind: ReturnKind,
        items: [ReturnItem],
        terms: ReturnTerms,
        replacement: OrderID? = nil
    )
    /// Agree to it.
    case approve
    /// Disagree.
    case reject(ReturnRejectionReason)
    /// Change one's mind.
    case cancel
    /// Give it up: the goods were not sent within ``OrderReturn/sendingPeriod``.
    case expire
    /// Take note that the goods are on their way back.
    case send
    /// Take the goods in: what of each line came back, and what is done with it.
    case receive([ReturnedUnits])
    /// Fix what is given back: so much money, for these units and delivery charges, less what was given before as
    /// goodwill; or the order that is sent instead.
    case complete(
        refunded: Money,
        givenBefore: Money? = nil,
        units: [OrderUnits] = [],
        charges: [BasketLineID] = [],
        replacement: OrderID? = nil
    )
    /// Take note that all of that has happened.
    case settle
}
