public import MarketplaceCore

/// What can be done with a cart.
public enum CartAction: Sendable, Hashable {
    /// Put so many more units in.
    case add(SKU, Quantity)
    /// Want so many units of what is in it.
    case setQuantity(SKU, Quantity)
    /// Take a line out.
    case remove(SKU)
    /// Try a code.
    case enterCode(CouponCode)
    /// Give a code up.
    case withdrawCode(CouponCode)
    /// Take note that the buyer has seen these prices of one unit.
    case acknowledge([SKU: Money])
    /// Take everything out.
    case clear
}
