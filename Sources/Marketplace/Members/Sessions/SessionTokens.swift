public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts

/// What a login or a refresh hands out.
public struct SessionTokens: Sendable, Hashable {
    /// Who is logged in.
    public let member: MemberID
    /// In which session.
    public let session: SessionID
    /// Shown with every request.
    public let access: TokenText
    /// Until when it is good.
    public let accessExpiry: Timestamp
    /// Exchanged for new tokens, once.
    public let refresh: TokenText
    /// Until when it is good.
    public let refreshExpiry: Timestamp
}
