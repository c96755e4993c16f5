public import MarketplaceCore

/// Checks what a provider handed to somebody, with the provider or by its keys.
public protocol SocialIdentityVerifier: Sendable {
    /// Whose proof it is.
    ///
    /// The proof must have been made for this application (OpenID Connect: `aud`) and be good at that time.
    ///
    /// - Throws: ``CredentialError/Code/notAuthentic``, ``CredentialError/Code/expired``,
    ///   ``CredentialError/Code/malformed`` or ``CredentialError/Code/unreachable``.
    func verify(_ proof: SocialProof, at time: Timestamp) async throws(CredentialError) -> SocialIdentity
}
