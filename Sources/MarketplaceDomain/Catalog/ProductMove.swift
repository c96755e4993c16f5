/// The named moves of a product's lifecycle.
public enum ProductMove: String, Sendable, Hashable, CaseIterable {
    /// Make it.
    case create
    /// Change its description, its variants or their prices.
    case edit
    /// Put it on sale.
    case activate
    /// Take it off sale for a while.
    case suspend
    /// Take it off sale for good.
    case archive
}
