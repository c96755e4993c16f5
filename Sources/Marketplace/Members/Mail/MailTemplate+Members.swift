public import MarketplacePorts

extension MailTemplate {
    /// Brings the link that verifies an e-mail address after sign-up.
    public static let verifyEmail: MailTemplate = "member.verify-email"
    /// Brings the link that verifies a new e-mail address; goes to the new one.
    public static let changeEmail: MailTemplate = "member.change-email"
    /// Says that the e-mail address was changed; goes to the old one.
    public static let emailChanged: MailTemplate = "member.email-changed"
    /// Brings the link with which a forgotten password is replaced.
    public static let resetPassword: MailTemplate = "member.reset-password"
    /// Says that the password was changed, and which identities at somebody else's still log in (`identities`): how many
    /// of each provider, and since when.
    public static let passwordChanged: MailTemplate = "member.password-changed"
    /// Says that the member logs in with an identity at somebody else's from now on, and whose (`provider`).
    public static let identityLinked: MailTemplate = "member.identity-linked"
    /// Brings the link that proves to belong to a school; goes to the school address.
    public static let joinSchool: MailTemplate = "member.join-school"
    /// Says that the account was disabled.
    public static let memberDisabled: MailTemplate = "member.disabled"
    /// Says that a session has ended because a used refresh token was shown again.
    public static let tokenReused: MailTemplate = "session.token-reused"
    /// Says that the seller was let in.
    public static let sellerVerified: MailTemplate = "seller.verified"
    /// Says that the seller may not sell for a while.
    public static let sellerSuspended: MailTemplate = "seller.suspended"
    /// Says that the seller's account has ended.
    public static let sellerClosed: MailTemplate = "seller.closed"
    /// Says that the enterprise was verified.
    public static let enterpriseVerified: MailTemplate = "enterprise.verified"
    /// Says that the enterprise was rejected.
    public static let enterpriseRejected: MailTemplate = "enterprise.rejected"
}
