public import MarketplaceCore

/// What can be asked of a seller's account.
public enum SellerAccountAction: Sendable, Hashable {
    /// Apply to sell, as a person or for an enterprise.
    case apply(id: SellerID, owner: MemberID, enterprise: EnterpriseID? = nil)
    /// Let the seller in; what is known of the enterprise is stated, where there is one.
    case verify(isEnterpriseVerified: Bool)
    /// Stop the seller for a while.
    case suspend(SellerSuspensionReason)
    /// Let a suspended seller sell again; what is known of the enterprise is stated, where there is one.
    case reinstate(isEnterpriseVerified: Bool)
    /// End the account.
    case close(SellerClosingReason)
}
