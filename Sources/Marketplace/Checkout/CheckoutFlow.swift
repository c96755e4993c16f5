/// What comes first in a checkout, the stock or the money.
public enum CheckoutFlow: String, Sendable, Hashable, Codable, CaseIterable {
    /// Stock is held, then the money is set aside, and only then is either taken: a buyer is never charged for what is
    /// not there.
    case reserveFirst
    /// The money is taken, then the stock: nobody holds stock without having paid, and whoever comes too late is
    /// refunded.
    case payFirst
}
