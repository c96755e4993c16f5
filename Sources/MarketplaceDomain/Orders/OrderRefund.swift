public import MarketplaceCore

/// Money that an order owes to its buyer: because something was called off, or as goodwill.
public struct OrderRefund: Sendable, Hashable {
    /// Why it is owed.
    public enum Cause: Sendable, Hashable, CaseIterable {
        /// The order was called off.
        case cancellation
        /// It was changed, and became cheaper.
        case change
        /// The buyer was given it beyond that.
        case goodwill
    }

    /// Which one of the order, from 1.
    public let number: Int
    /// Why.
    public let cause: Cause
    /// How much; nothing where an order is called off whose buyer was given all of it before.
    public let amount: Money
    /// How many payments of changes there were when it came to be owed: those that were added since give nothing of it.
    package let changePaymentCount: Int
    /// Whether it was given back.
    public internal(set) var isSettled = false
    /// How often the gateway is asked anew, because it had refused, counted from 1; each time under another key.
    public internal(set) var attempt = 1
}
