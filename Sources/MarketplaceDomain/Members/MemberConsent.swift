/// What a member can agree to, apart from what the contract needs.
public enum MemberConsent: String, Sendable, Hashable, Codable, CaseIterable {
    /// Advertising by mail and message.
    case marketing
    /// Handing data to third parties.
    case thirdParty
}
