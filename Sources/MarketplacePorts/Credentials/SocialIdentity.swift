public import MarketplaceCore

/// The subject of the names of people at a provider.
public enum SocialSubject {}

/// Somebody at a provider, as the provider names them for good; not the mail address, which can change hands.
public struct SocialIdentity: Sendable, Hashable, Codable {
    /// The provider.
    public let provider: SocialProvider
    /// The provider's own name for the person (OpenID Connect: `sub`).
    public let subject: TextKey<SocialSubject>

    /// An identity of these parts.
    public init(provider: SocialProvider, subject: TextKey<SocialSubject>) {
        self.provider = provider
        self.subject = subject
    }
}

extension SocialIdentity: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The provider: a log does not show the person.
    public var description: String { "identity at \(provider)" }
    /// The provider.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
