public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts

/// A session that is open.
public struct Session: Sendable, Hashable {
    /// Names it.
    public let id: SessionID
    /// Who is logged in.
    public let member: MemberID
    /// On which device, in the words of the application.
    public let device: String
    /// When the member logged in.
    public let openedAt: Timestamp
    /// When its tokens were made.
    public let refreshedAt: Timestamp
    /// When it ends at the latest.
    public let expiry: Timestamp
}
