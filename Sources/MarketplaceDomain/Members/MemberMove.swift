/// The named moves of a member's lifecycle.
public enum MemberMove: String, Sendable, Hashable, CaseIterable {
    /// Sign up.
    case signUp
    /// Take note that the e-mail address is verified.
    case verify
    /// Change the profile.
    case update
    /// Give or take back a consent.
    case consent
    /// Give or take roles.
    case changeRoles
    /// Log in with something new.
    case changeCredential
    /// Take note that the member belongs to a school.
    case joinSchool
    /// Belong to a school no longer.
    case leaveSchool
    /// Let the member log in no more.
    case disable
    /// Let the member log in again.
    case reinstate
    /// Erase the personal data.
    case erase
}
