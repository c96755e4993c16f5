public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts

/// A mail that was given up.
public struct UnsentMail: Sendable, Hashable {
    /// Which notice.
    public let id: MailNoticeID
    /// Whom it was for.
    public let member: MemberID
    /// Which text it has.
    public let template: MailTemplate
    /// How often it was tried.
    public let attempts: Int
    /// Whether it may have been delivered nevertheless.
    public let isInDoubt: Bool
    /// Why the last attempt failed.
    public let failure: String
    /// When it was given up.
    public let failedAt: Timestamp
}
