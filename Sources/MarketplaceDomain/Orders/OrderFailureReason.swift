/// Why a checkout came to nothing.
public enum OrderFailureReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// There was not enough stock.
    case outOfStock
    /// The payment was refused.
    case paymentRefused
    /// A coupon could not be redeemed.
    case couponRefused
    /// It took too long.
    case timedOut
    /// Something else stood in the way.
    case other
}
