#if Crypto
import CMarketplaceCrypto
import Testing

@testable import MarketplaceCrypto

/// The numbers that the standards print.
struct PublishedVectorTests {
    /// RFC 9106 section 5.3.
    @Test func argon2id() throws {
        let cost = try #require(Argon2Cost(memoryKibibytes: 32, passes: 3, lanes: 4))
        let salting = Argon2id.Salting(
            salt: Array(repeating: 2, count: 16),
            secret: Array(repeating: 3, count: 8),
            associatedData: Array(repeating: 4, count: 12)
        )
        #expect(
            Argon2id.tag(Array(repeating: 1, count: 32), salting, cost, byteCount: 32)
                == hex("0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659")
        )
    }

    /// RFC 4231 sections 4.2 to 4.8; case 5 shows 128 bits only.
    @Test(arguments: [
        (
            "0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b", "4869205468657265",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            "4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            String(repeating: "aa", count: 20), String(repeating: "dd", count: 50),
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"
        ),
        (
            "0102030405060708090a0b0c0d0e0f10111213141516171819", String(repeating: "cd", count: 50),
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
        ),
        (
            String(repeating: "aa", count: 131),
            "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func hmacSHA256(_ key: String, _ message: String, _ code: String) {
        #expect(HMACSHA256.code(of: hex(message), key: hex(key)) == hex(code))
    }

    /// RFC 7515 appendix A.1: a JSON Web Token under HS256.
    @Test func jsonWebSignature() throws {
        let key = try #require(
            Sodium.Base64.urlSafe.bytes(
                of: "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
            )
        )
        let signed =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        let code = HMACSHA256.code(of: Array(signed.utf8), key: key)
        #expect(Sodium.Base64.urlSafe.text(of: code) == "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")
    }

    private static let sunscreen = Array(
        """
        Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would \
        be it.
        """.utf8
    )
    private static let context = hex("50515253c0c1c2c3c4c5c6c7")
    private static let key = hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f")

    /// draft-irtf-cfrg-xchacha-03 appendix A.3.1.
    @Test func xChaCha20Poly1305() {
        let nonce = hex("404142434445464748494a4b4c4d4e4f5051525354555657")
        let sealed = hex(
            """
            bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb
            731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452
            2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9
            21f9664c97637da9768812f615c68b13b52e
            c0875924c1c7987947deafd8780acf49
            """
        )
        #expect(
            XChaCha20Poly1305.seal(Self.sunscreen, nonce: nonce, key: Self.key, authenticating: Self.context) == sealed
        )
        #expect(
            XChaCha20Poly1305.open(sealed[...], nonce: nonce, key: Self.key, authenticating: Self.context)
                == Self.sunscreen
        )
    }

    /// RFC 8439 section 2.8.2: what the cipher above is built on, as this library computes it.
    @Test func chaCha20Poly1305() {
        let nonce = hex("070000004041424344454647")
        var sealed = [UInt8](repeating: 0, count: Self.sunscreen.count + 16)
        var count: UInt64 = 0
        crypto_aead_chacha20poly1305_ietf_encrypt(
            &sealed,
            &count,
            Self.sunscreen,
            UInt64(Self.sunscreen.count),
            Self.context,
            UInt64(Self.context.count),
            nil,
            nonce,
            Self.key
        )
        #expect(sealed.count == Int(count))
        #expect(sealed.prefix(16) == hex("d31a8d34648e60db7b86afbc53ef7ec2")[...])
        #expect(sealed.suffix(16) == hex("1ae10b594f09e26a7e902ecbd0600691")[...])
    }

    /// RFC 4648 section 10.
    @Test(arguments: [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")])
    func base64(_ plain: String, _ text: String) {
        #expect(Sodium.Base64.standard.text(of: Array(plain.utf8)) == text)
        #expect(Sodium.Base64.standard.bytes(of: text) == Array(plain.utf8))
        #expect(Sodium.Base64.urlSafe.bytes(of: text + "=") == nil)
    }
}
#endif
