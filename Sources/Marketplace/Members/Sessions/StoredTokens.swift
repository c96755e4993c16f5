public import MarketplaceCore
import MarketplaceDomain
public import MarketplacePorts
import MarketplaceStorage

/// Tokens that say nothing: random texts of 256 bits, whose claims are kept in the store under what is made of them.
///
/// What is made of a token is its code under the key of the port, so that whoever can read the store cannot use the
/// tokens in it. With the port that is for tests only (`InsecureMessageAuthenticator`) tokens can be guessed from the
/// store: a server needs `HMACAuthenticator` of the trait `Crypto`, or signed tokens, of which nothing is stored. Reading
/// a token is one read of the store; signed tokens save that too.
public struct StoredTokens: TokenIssuer {
    private let archive: MemberArchive
    private let secrets: any MessageAuthenticator
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
    ///   - secrets: Makes what is stored of them; under another key, all tokens are no longer good.
    ///   - randomness: Where they come from: the system's randomness, except in a test.
    public init(
        in environment: ServiceEnvironment,
        secrets: any MessageAuthenticator,
        randomness: any RandomSource = SystemRandomSource()
    ) {
        archive = MemberArchive(environment)
        self.secrets = secrets
        self.randomness = randomness
    }

    /// A random text, under whose code the claims are kept.
    public func issue(_ claims: TokenClaims, as kind: TokenKind) async throws(CredentialError) -> TokenText {
        let text = randomness.secret(words: Self.words)
        let (token, key) = (TokenText(text), key(of: text))
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

    /// The claims that are kept under the code of a text.
    public func read(
        _ token: TokenText,
        as kind: TokenKind,
        at time: Timestamp
    ) async throws(CredentialError) -> TokenClaims {
        guard token.text.utf8.count <= Self.maximumLength else { throw CredentialError(.notAuthentic) }
        let key = key(of: token.text)
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

    /// The most bytes of a text that is looked for: tokens of ours are shorter.
    private static let maximumLength = 512

    private func key(of text: String) -> DocumentKey {
        DocumentKey(MemberKeySpace.tokens, TextKey(unchecked: secrets.proof(of: text)))
    }

    /// Deletes the tokens whose time is over, and returns how many there were.
    @discardableResult
    public func deleteExpired() async throws(MembersError) -> Int {
        try await archive.deleteExpired(in: MemberKeySpace.tokens)
    }
}
