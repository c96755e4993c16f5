/// What a provider handed to somebody to prove who they are, such as an OpenID Connect id token.
///
/// It does not show itself in logs.
public struct SocialProof: Sendable, Hashable {
    /// Whose proof it is.
    public let provider: SocialProvider
    /// The token or the authorization code.
    public let token: String

    /// A proof of these parts.
    public init(provider: SocialProvider, token: String) {
        self.provider = provider
        self.token = token
    }
}

extension SocialProof: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The provider.
    public var description: String { "proof of \(provider)" }
    /// The provider.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
