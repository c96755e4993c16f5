/// Where a seller's account is in its life.
public enum SellerAccountStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Applied for; cannot sell yet.
    case applied
    /// Sells.
    case verified
    /// May not sell for a while.
    case suspended
    /// Ended for good.
    case closed
}
