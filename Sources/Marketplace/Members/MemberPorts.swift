public import MarketplaceCore
public import MarketplacePorts

/// What members and logins need from outside.
///
/// ```swift
/// let ports = MemberPorts(
///     hasher: hasher,
///     tokens: StoredTokens(in: environment, secrets: secrets),
///     secrets: secrets,
///     codes: messages,
///     identities: providers
/// )
/// ```
public struct MemberPorts: Sendable {
    /// Hashes passwords.
    public let hasher: any PasswordHasher
    /// Makes tokens and reads them.
    public let tokens: any TokenIssuer
    /// Makes what is stored of links and codes, so that whoever reads the store cannot use them: `HMACAuthenticator` of
    /// the trait `Crypto`, under a key that is kept outside of the store.
    ///
    /// Under another key, links and codes that are on their way are no longer good.
    public let secrets: any MessageAuthenticator
    /// Sends codes.
    public let codes: any CodeSender
    /// Checks identities at somebody else's.
    public let identities: any SocialIdentityVerifier
    /// Where secrets and codes come from: the system's randomness, except in a test.
    public let randomness: any RandomSource

    /// Ports of these parts.
    public init(
        hasher: any PasswordHasher,
        tokens: any TokenIssuer,
        secrets: any MessageAuthenticator,
        codes: any CodeSender,
        identities: any SocialIdentityVerifier,
        randomness: any RandomSource = SystemRandomSource()
    ) {
        self.hasher = hasher
        self.tokens = tokens
        self.secrets = secrets
        self.codes = codes
        self.identities = identities
        self.randomness = randomness
    }
}
