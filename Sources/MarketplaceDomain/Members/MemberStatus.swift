/// Where a member is in the life of the account.
public enum MemberStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// Signed up; the e-mail address is not verified yet.
    case signedUp
    /// The e-mail address is verified.
    case verified
    /// Cannot log in.
    case disabled
    /// The personal data is gone for good.
    case erased
}
