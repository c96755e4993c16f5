/// What a member logs in with.
public enum MemberCredential: String, Sendable, Hashable, Codable, CaseIterable {
    /// A password.
    case password
    /// An identity at somebody else's.
    case social
}
