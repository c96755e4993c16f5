public import MarketplaceCore
public import MarketplaceDomain
public import MarketplacePorts

/// What somebody enters who signs up.
public struct MemberSignUp: Sendable {
    /// What the new member logs in with.
    public enum Credential: Sendable {
        /// A password.
        case password(Password)
        /// An identity at somebody else's.
        case social(SocialProof)
    }

    /// Names the new member; chosen by the caller, so that the call can be repeated.
    public let member: MemberID
    /// What is entered; it is stored to the letter.
    public let profile: MemberProfile
    /// What the member logs in with.
    public let credential: Credential
    /// What is agreed to.
    public let consents: Set<MemberConsent>

    /// A sign-up of these parts.
    public init(
        member: MemberID,
        profile: MemberProfile,
        credential: Credential,
        consents: Set<MemberConsent> = []
    ) {
        self.member = member
        self.profile = profile
        self.credential = credential
        self.consents = consents
    }
}
