public import MarketplaceCore
import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Tokens that say nothing: random texts of 256 bits, whose claims are kept in the store under them.
///
/// They need no cryptography, so they are what a server has without the trait `Crypto`. Whoever can read the store can
/// use the tokens in it, until they run out or their session is ended: protect the store, or use signed tokens, of which
/// nothing is stored. Reading a token is one read of the store; signed tokens save that too.
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

    /// A random text, under which the claims are kept.
    public func issue(_ claims: TokenClaims, as kind: TokenKind) async throws(CredentialError) -> TokenText {
        let text = randomness.secret(words: Self.words)
        let (token, key) = (TokenText(text), DocumentKey(MemberKeySpace.tokens, TextKey(unchecked: text)))
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
                    key,
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

    /// The claims that are kept under a text.
    public func read(
        _ token: TokenText,
        as kind: TokenKind,
        at time: Timestamp
    ) async throws(CredentialError) -> TokenClaims {
        guard let key = MemberKeySpace.token(token) else { throw CredentialError(.notAuthentic) }
        let document: TokenDocument?
        do throws(MembersError) {
            document = try await archive.read(key, as: TokenDocument.self)?.value
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
