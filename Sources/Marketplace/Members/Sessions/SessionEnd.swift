/// Why a session has ended.
public enum SessionEnd: String, Sendable, Hashable, Codable, CaseIterable {
    /// The member logged out.
    case loggedOut
    /// It was ended from another place.
    case revoked
    /// A used refresh token was shown again.
    case tokenReused
    /// Its time is over, or it is not known any more.
    case expired
    /// The password was changed, the account was disabled, or all sessions were ended at once.
    case allEnded
}
