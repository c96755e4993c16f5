public import MarketplaceCore

/// Turns claims into tokens and back.
///
/// Whether a session still stands is not a token's business: sessions are looked up where that matters. The issuer of
/// `MarketplaceCrypto` signs JSON Web Tokens (RFC 7519) with HMAC-SHA-256; the one on a store keeps the claims and
/// hands out random texts.
public protocol TokenIssuer: Sendable {
    /// A token that says so.
    func issue(_ claims: TokenClaims, as kind: TokenKind) async throws(CredentialError) -> TokenText

    /// What a token says.
    ///
    /// - Parameters:
    ///   - token: The token.
    ///   - kind: What it is shown as.
    ///   - time: When it is shown.
    /// - Returns: The claims, which are good at that time.
    /// - Throws: ``CredentialError/Code/malformed``, ``CredentialError/Code/notAuthentic``,
    ///   ``CredentialError/Code/wrongKind`` or ``CredentialError/Code/expired``.
    func read(
        _ token: TokenText,
        as kind: TokenKind,
        at time: Timestamp
    ) async throws(CredentialError) -> TokenClaims
}
