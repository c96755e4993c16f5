public import MarketplaceCore
public import MarketplaceDomain

/// What a ``SessionID`` names.
public enum SessionSubject {}

/// Names a session: one login of one member on one device.
public typealias SessionID = Identifier<SessionSubject>

/// What a token says.
public struct TokenClaims: Sendable, Hashable {
    /// Whose token it is.
    public let member: MemberID
    /// Of which session.
    public let session: SessionID
    /// The how many-th token of its session it is, from 1: an old number that is shown again was stolen.
    public let generation: Int
    /// When it was made, in whole seconds.
    public let issuedAt: Timestamp
    /// Until when it is good, exclusive, in whole seconds.
    public let expiresAt: Timestamp

    /// Claims of these parts.
    public init(member: MemberID, session: SessionID, generation: Int, issuedAt: Timestamp, expiresAt: Timestamp) {
        self.member = member
        self.session = session
        self.generation = generation
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }
}
