public import MarketplaceCore

/// Who pays for a discount.
public enum CostBearer: Sendable, Hashable {
    /// The platform.
    case platform
    /// Each seller, for what is taken off their own goods; the platform for what it sells itself.
    case sellers
    /// Each seller this part of what is taken off their own goods, rounded down, and the platform the rest.
    case shared(sellers: Percentage)
}
