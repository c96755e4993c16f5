/// Whether a password is the one a hash was made of.
public enum PasswordVerdict: Sendable, Hashable {
    /// It is; whether the hash should be made anew, because the hasher's parameters have grown since.
    case matches(isOutdated: Bool)
    /// It is not.
    case differs
}
