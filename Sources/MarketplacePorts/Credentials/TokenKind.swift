/// What a token is good for; each kind is signed with a key of its own.
public enum TokenKind: String, Sendable, Hashable, Codable, CaseIterable {
    /// Shown with every request, for minutes.
    case access
    /// Exchanged for new tokens, for days, once.
    case refresh
}
