#if Crypto
import MarketplaceCore
import MarketplaceDomain
import MarketplacePorts
import Testing

@testable import MarketplaceCrypto

struct JSONWebTokensTests {
    private static let now = Timestamp(microsecondsSinceEpoch: 1_767_225_600_000_000)
    private static let claims = TokenClaims(
        member: MemberID(bits: 7),
        session: SessionID(bits: 8),
        generation: 3,
        issuedAt: now,
        expiresAt: now.advanced(by: .seconds(900))
    )

    private static func issuer(access: String = "a1", refresh: String = "r1") throws -> JSONWebTokens {
        let keys = ["a1", "a2", "r1"].enumerated().map { offset, id in
            (id, SecretKey(checked: Array(repeating: UInt8(offset + 1), count: 32)))
        }
        let known = Dictionary(uniqueKeysWithValues: keys)
        return try JSONWebTokens(
            access: KeyRing(current: access, known.filter { $0.key.hasPrefix("a") }),
            refresh: KeyRing(current: refresh, known.filter { $0.key.hasPrefix("r") }),
            issuer: "shop"
        )
    }

    private static func code(_ body: () async throws -> TokenClaims) async -> CredentialError.Code? {
        do {
            _ = try await body()
            return nil
        } catch {
            return (error as? CredentialError)?.code
        }
    }

    @Test func aTokenSaysWhatItWasIssuedFor() async throws {
        for kind in TokenKind.allCases {
            let token = try await Self.issuer().issue(Self.claims, as: kind)
            #expect(try await Self.issuer().read(token, as: kind, at: Self.now) == Self.claims)
        }
    }

    @Test func aTokenOfOneKindDoesNotPassForTheOther() async throws {
        let issuer = try Self.issuer()
        let access = try await issuer.issue(Self.claims, as: .access)
        #expect(await Self.code { try await issuer.read(access, as: .refresh, at: Self.now) } == .wrongKind)
        let ring = try KeyRing("k", SecretKey.random())
        let careless = JSONWebTokens(access: ring, refresh: ring, issuer: "shop")
        let token = try await careless.issue(Self.claims, as: .refresh)
        #expect(await Self.code { try await careless.read(token, as: .access, at: Self.now) } == .wrongKind)
    }

    @Test func aTokenIsGoodUntilItsEnd() async throws {
        let issuer = try Self.issuer()
        let token = try await issuer.issue(Self.claims, as: .access)
        #expect(await Self.code { try await issuer.read(token, as: .access, at: Self.claims.expiresAt) } == .expired)
        let last = Self.claims.expiresAt.advanced(by: .microseconds(-1))
        #expect(try await issuer.read(token, as: .access, at: last) == Self.claims)
    }

    @Test func keysAreRotatedWhileTokensAreOut() async throws {
        let old = try await Self.issuer(access: "a1").issue(Self.claims, as: .access)
        #expect(try await Self.issuer(access: "a2").read(old, as: .access, at: Self.now) == Self.claims)
        let strangers = try JSONWebTokens(
            access: KeyRing("a9", .random()),
            refresh: KeyRing("r9", .random()),
            issuer: "shop"
        )
        #expect(await Self.code { try await strangers.read(old, as: .access, at: Self.now) } == .notAuthentic)
    }

    @Test func tokensOfOtherIssuersAreRefused() async throws {
        let ring = try KeyRing("k", SecretKey.random())
        let theirs = JSONWebTokens(access: ring, refresh: ring, issuer: "other")
        let ours = JSONWebTokens(access: ring, refresh: ring, issuer: "shop")
        let token = try await theirs.issue(Self.claims, as: .access)
        #expect(await Self.code { try await ours.read(token, as: .access, at: Self.now) } == .notAuthentic)
    }

    @Test func everyByteOfATokenCounts() async throws {
        let issuer = try Self.issuer()
        let text = try await issuer.issue(Self.claims, as: .access).text
        for offset in 0..<text.utf8.count {
            var bytes = Array(text.utf8)
            bytes[offset] = bytes[offset] == 0x41 ? 0x42 : 0x41
            let changed = TokenText(String(decoding: bytes, as: UTF8.self))
            let code = await Self.code { try await issuer.read(changed, as: .access, at: Self.now) }
            #expect(code == .notAuthentic || code == .malformed, "byte \(offset)")
        }
    }

    /// RFC 8725 section 2.1: an attacker chooses the algorithm.
    @Test(arguments: [
        #"{"alg":"none"}"#, #"{"alg":"none","kid":"a1"}"#, #"{"alg":"RS256","kid":"a1"}"#, "{}", "[]", "",
    ])
    func theHeaderDoesNotChooseTheAlgorithm(_ header: String) async throws {
        let issuer = try Self.issuer()
        let parts = try await issuer.issue(Self.claims, as: .access).text.split(separator: ".")
        let forged = "\(Sodium.Base64.urlSafe.text(of: Array(header.utf8))).\(parts[1])."
        for signature in ["", String(parts[2])] {
            let code = await Self.code {
                try await issuer.read(TokenText(forged + signature), as: .access, at: Self.now)
            }
            #expect(code == .notAuthentic || code == .malformed)
        }
    }

    @Test(arguments: ["", ".", "..", "...", "a.b", String(repeating: "x", count: 5_000), "\u{0}.\u{0}.\u{0}"])
    func whatIsNoTokenIsRefused(_ text: String) async throws {
        let issuer = try Self.issuer()
        let code = await Self.code { try await issuer.read(TokenText(text), as: .access, at: Self.now) }
        #expect(code == .malformed)
    }

    @Test func secretsDoNotShow() throws {
        let key = SecretKey(checked: Array(repeating: 0x2A, count: 32))
        #expect(
            "\(key) \(String(reflecting: key)) \(TokenText("abc")) \(Password("abc"))".contains {
                $0 != "•" && $0 != " "
            } == false
        )
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!dumped.contains("42"))
    }
}
#endif
