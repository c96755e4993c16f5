#if Crypto
public import MarketplaceCore
public import MarketplacePorts

/// Tokens that are signed claims: JSON Web Tokens (RFC 7519) under HMAC-SHA-256 (`HS256`, RFC 7518), by libsodium.
///
/// Access and refresh tokens are signed with keys of their own, and say which kind they are: neither passes for the
/// other, even where the same key was given twice. The header's algorithm is never followed: what is not `HS256`
/// under a known key id is refused (RFC 8725 section 3.1). The id of the key stands in the header, so keys can be
/// rotated while tokens are out.
public struct JSONWebTokens: TokenIssuer {
    /// The most bytes of a token that is read: those of this issuer have about 400.
    public static let maximumBytes = 4_096

    private let access: KeyRing
    private let refresh: KeyRing
    private let issuer: String

    /// An issuer with these keys.
    ///
    /// - Parameters:
    ///   - access: The keys of access tokens.
    ///   - refresh: The keys of refresh tokens.
    ///   - issuer: Who issues (`iss`); tokens of others are refused.
    public init(access: KeyRing, refresh: KeyRing, issuer: String) {
        self.access = access
        self.refresh = refresh
        self.issuer = issuer
    }

    /// A signed token that says so.
    public func issue(_ claims: TokenClaims, as kind: TokenKind) async throws(CredentialError) -> TokenText {
        let keys = keys(of: kind)
        let header = TokenHeader(algorithm: TokenHeader.hs256, type: TokenHeader.jwt, keyID: keys.currentID)
        let body = TokenBody(claims, kind: kind, issuer: issuer)
        let signed = "\(try TokenJSON.part(of: header)).\(try TokenJSON.part(of: body))"
        let signature = HMACSHA256.code(of: Array(signed.utf8), key: keys.current.bytes)
        return TokenText("\(signed).\(Sodium.Base64.urlSafe.text(of: signature))")
    }

    /// What a token says, once its signature, its kind, its issuer and its time were checked, in this order.
    public func read(
        _ token: TokenText,
        as kind: TokenKind,
        at time: Timestamp
    ) async throws(CredentialError) -> TokenClaims {
        guard token.text.utf8.count <= Self.maximumBytes else {
            throw CredentialError(.malformed, reason: "a token has at most \(Self.maximumBytes) bytes")
        }
        let parts = token.text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let signature = Sodium.Base64.urlSafe.bytes(of: parts[2]) else {
            throw CredentialError(.malformed, reason: "a token has three parts in base64url")
        }
        let header: TokenHeader = try TokenJSON.value(of: parts[0])
        guard header.algorithm == TokenHeader.hs256, let id = header.keyID else {
            throw CredentialError(.notAuthentic, reason: "the algorithm is not HS256, or no key is named")
        }
        try check(signature, of: "\(parts[0]).\(parts[1])", keyID: id, as: kind)
        let body: TokenBody = try TokenJSON.value(of: parts[1])
        guard body.use == kind.rawValue else { throw CredentialError(.wrongKind) }
        guard body.issuer == issuer else { throw CredentialError(.notAuthentic, reason: "it has another issuer") }
        guard let claims = body.claims else { throw CredentialError(.malformed, reason: "its claims are not ours") }
        guard time < claims.expiresAt else { throw CredentialError(.expired) }
        return claims
    }

    private func check(_ signature: [UInt8], of signed: String, keyID: String, as kind: TokenKind)
        throws(CredentialError)
    {
        let message = Array(signed.utf8)
        let isSigned = keys(of: kind).key(keyID).map {
            Sodium.areEqual(signature, HMACSHA256.code(of: message, key: $0.bytes))
        }
        if isSigned == true { return }
        // Said for people who mix the two up: it is refused all the same.
        let other: TokenKind = kind == .access ? .refresh : .access
        let isOther = keys(of: other).key(keyID).map {
            Sodium.areEqual(signature, HMACSHA256.code(of: message, key: $0.bytes))
        }
        if isOther == true { throw CredentialError(.wrongKind) }
        throw CredentialError(.notAuthentic)
    }

    private func keys(of kind: TokenKind) -> KeyRing {
        switch kind {
        case .access: access
        case .refresh: refresh
        }
    }
}
#endif
