#if Crypto
import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts

/// The second part of a token: registered claims (RFC 7519 section 4.1) and three of ours.
struct TokenBody: Codable {
    let issuer: String
    let subject: String
    /// In whole seconds since 1970-01-01T00:00:00Z, as all times here.
    let issuedAt: Int64
    let expiresAt: Int64
    let session: String
    let generation: Int
    /// The kind of the token.
    let use: String

    private enum CodingKeys: String, CodingKey {
        case issuer = "iss"
        case subject = "sub"
        case issuedAt = "iat"
        case expiresAt = "exp"
        case session = "sid"
        case generation = "gen"
        case use
    }

    init(_ claims: TokenClaims, kind: TokenKind, issuer: String) {
        self.issuer = issuer
        subject = claims.member.description
        issuedAt = Self.seconds(claims.issuedAt)
        expiresAt = Self.seconds(claims.expiresAt)
        session = claims.session.description
        generation = claims.generation
        use = kind.rawValue
    }

    /// What the token says; nil when a value cannot be one of ours.
    var claims: TokenClaims? {
        guard let member = try? MemberID(parsing: subject), let session = try? SessionID(parsing: session),
            let issuedAt = Self.time(issuedAt), let expiresAt = Self.time(expiresAt), generation > 0
        else { return nil }
        return TokenClaims(
            member: member,
            session: session,
            generation: generation,
            issuedAt: issuedAt,
            expiresAt: expiresAt
        )
    }

    private static let microsecondsPerSecond: Int64 = 1_000_000

    private static func seconds(_ time: Timestamp) -> Int64 {
        let (seconds, rest) = time.microsecondsSinceEpoch.quotientAndRemainder(dividingBy: microsecondsPerSecond)
        return rest < 0 ? seconds - 1 : seconds
    }

    private static func time(_ seconds: Int64) -> Timestamp? {
        let (microseconds, isTooFar) = seconds.multipliedReportingOverflow(by: microsecondsPerSecond)
        return isTooFar ? nil : Timestamp(microsecondsSinceEpoch: microseconds)
    }
}
#endif
