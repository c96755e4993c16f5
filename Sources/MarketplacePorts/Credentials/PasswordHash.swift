/// What is stored instead of a password, such as `$argon2id$v=19$m=19456,t=2,p=1$…`.
public struct PasswordHash: Sendable, Hashable, Codable {
    /// The PHC string: algorithm, parameters, salt and hash.
    public let text: String

    /// The hash of that text.
    public init(_ text: String) {
        self.text = text
    }

    /// Reads the text.
    public init(from decoder: any Decoder) throws {
        text = try decoder.singleValueContainer().decode(String.self)
    }

    /// Writes the text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
