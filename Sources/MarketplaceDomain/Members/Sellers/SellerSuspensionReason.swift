/// Why a seller may not sell for a while.
public enum SellerSuspensionReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The seller broke the rules of the marketplace.
    case misuse
    /// Orders are shipped late too often.
    case lateShipping
    /// The seller owes the marketplace too much.
    case debt
    /// The enterprise is no longer verified.
    case enterpriseRejected
    /// The seller wished a pause.
    case sellerWish
    /// Its owner can no longer log in.
    case ownerDisabled
}
