public import MarketplaceCore

/// What can be asked of an enterprise.
public enum EnterpriseAction: Sendable, Hashable {
    /// Register it.
    case register(id: EnterpriseID, owner: MemberID)
    /// Find it to be what it says it is.
    case verify
    /// Reject it.
    case reject(EnterpriseRejectionReason)
    /// Put it up for verification again.
    case resubmit
}
