/// Why a member can no longer log in.
public enum MemberDisableReason: String, Sendable, Hashable, Codable, CaseIterable {
    /// The member wished it.
    case memberWish
    /// The member broke the rules of the marketplace.
    case misuse
    /// Somebody else is using the account.
    case compromised
}
