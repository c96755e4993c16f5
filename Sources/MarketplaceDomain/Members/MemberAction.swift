public import MarketplaceCore

/// What can be asked of a member's account.
public enum MemberAction: Sendable, Hashable {
    /// Sign up, and agree to that.
    case signUp(id: MemberID, consents: Set<MemberConsent>)
    /// Take note that the e-mail address is verified.
    case verify
    /// Take note that these parts of the profile change.
    case update(Set<MemberField>)
    /// Give a consent, or take it back.
    case setConsent(MemberConsent, isGiven: Bool)
    /// Have exactly these roles among those who run the marketplace.
    case setRoles(Set<MemberRole>)
    /// Take note that the member logs in with something new.
    case changeCredential(MemberCredential)
    /// Take note that the member proved to belong to a partner school.
    case joinSchool(PartnerSchoolID)
    /// Belong to a school no longer.
    case leaveSchool(PartnerSchoolID)
    /// Let the member log in no more.
    case disable(MemberDisableReason)
    /// Let the member log in again.
    case reinstate
    /// Take note that the personal data is erased.
    case erase
}
