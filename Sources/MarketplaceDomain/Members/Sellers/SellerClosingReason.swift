/// Why a seller's account ended.
public enum SellerClosingReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The seller wished it.
    case sellerWish
    /// The seller was not let in.
    case rejected
    /// The seller broke the rules of the marketplace.
    case misuse
    /// The member behind it is gone.
    case memberErased
}
