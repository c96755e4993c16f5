public import MarketplaceCore
import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Tokens that say nothing: random texts of 256 bits, whose claims are kept in the store under their digests.
///
/// They need no cryptography beyond a hash, so they are what a server has without the trait `Crypto`. Each token is a
/// document: whoever reads the store cannot use what is in it. Reading a token is one read of the store; signed tokens
/// save that.
public struct StoredTokens: TokenIssuer {
    private let archive: MemberArchive
    private let randomness: any RandomSource

    /// The words of 64 bits that a token has.
    private static let words = 4

    /// What is stored of a token.
    private struct TokenDocument: Codable, Hashable, Sendable {
        let kind: TokenKind
        let member: MemberID
        let session: SessionID
        let generation: Int
        let issuedAt: Timestamp
        let expiresAt: Timestamp
    }

    /// The tokens of an environment.
    ///
    /// - Parameters:
    ///   - environment: Where they are kept.
    ///   - randomness: Where they come from: the system's randomness, except in a test.
    public init(in environment: ServiceEnvironment, randomness: any RandomSource = SystemRandomSource()) {
        archive = MemberArchive(environment)
        self.randomness = randomness
    }

    /// A random text, under whose digest the claims are kept.
    public func issue(_ claims: TokenClaims, as kind: TokenKind) async throws(CredentialError) -> TokenText {
        let token = TokenText(randomness.secret(words: Self.words))
        let document = TokenDocument(
            kind: kind,
            member: claims.member,
            session: claims.session,
            generation: claims.generation,
            issuedAt: claims.issuedAt,
            expiresAt: claims.expiresAt
        )
        do throws(MembersError) {
            var transaction = archive.transaction()
            transaction.write(
                DocumentWrite(
                    MemberKeySpace.token(token),
                    body: try archive.encoded(document),
                    expecting: .absent,
                    indexEntries: [
                        IndexEntry(
                            MemberKeySpace.expiryIndex,
                            .text(MemberKeySpace.tokens.text),
                            .time(claims.expiresAt)
                        )
                    ]
                )
            )
            guard try await archive.perform(transaction) else { throw .contended(attempts: 1) }
        } catch {
            throw CredentialError(.unreachable, reason: error.description, effect: error.effect)
        }
        return token
    }

    /// The claims that are kept under the digest of a text.
    public func read(
        _ token: TokenText,
        as kind: TokenKind,
        at time: Timestamp
    ) async throws(CredentialError) -> TokenClaims {
        let document: TokenDocument?
        do throws(MembersError) {
            document = try await archive.read(MemberKeySpace.token(token), as: TokenDocument.self)?.value
        } catch {
            throw CredentialError(.unreachable, reason: error.description, effect: error.effect)
        }
        guard let document else { throw CredentialError(.notAuthentic) }
        guard document.kind == kind else { throw CredentialError(.wrongKind) }
        guard time < document.expiresAt else { throw CredentialError(.expired) }
        return TokenClaims(
            member: document.member,
            session: document.session,
            generation: document.generation,
            issuedAt: document.issuedAt,
            expiresAt: document.expiresAt
        )
    }

    /// Deletes the tokens whose time is over, and returns how many there were.
    @discardableResult
    public func deleteExpired() async throws(MembersError) -> Int {
        try await archive.deleteExpired(in: MemberKeySpace.tokens)
    }
}
