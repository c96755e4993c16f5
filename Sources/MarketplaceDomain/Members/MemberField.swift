/// A part of a member's profile.
public enum MemberField: String, Sendable, Hashable, Codable, CaseIterable {
    /// The name.
    case name
    /// The e-mail address.
    case email
    /// The telephone number.
    case phone
    /// The language of mail.
    case language
}
