#if Crypto
import CMarketplaceCrypto

/// Authenticated encryption with a nonce that is long enough to be random (draft-irtf-cfrg-xchacha-03), by libsodium.
///
/// It is ChaCha20-Poly1305 (RFC 8439) under a key derived from the first 16 bytes of the nonce.
enum XChaCha20Poly1305 {
    static let keyBytes = 32
    static let nonceBytes = 24
    static let tagBytes = 16

    /// Cipher text and tag.
    static func seal(_ plain: [UInt8], nonce: [UInt8], key: [UInt8], authenticating context: [UInt8]) -> [UInt8] {
        precondition(nonce.count == nonceBytes && key.count == keyBytes, "the caller checks both")
        Sodium.isReady
        var sealed = [UInt8](repeating: 0, count: plain.count + tagBytes)
        var count: UInt64 = 0
        // It writes the plain text's length and a tag, for which there is room.
        _ = unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
            &sealed,
            &count,
            plain,
            UInt64(plain.count),
            context,
            UInt64(context.count),
            nil,
            nonce,
            key
        )
        return Array(sealed.prefix(Int(count)))
    }

    /// The plain text; nil when cipher text, tag, nonce, key or context are others.
    static func open(
        _ sealed: ArraySlice<UInt8>,
        nonce: [UInt8],
        key: [UInt8],
        authenticating context: [UInt8]
    ) -> [UInt8]? {
        guard nonce.count == nonceBytes, key.count == keyBytes, sealed.count >= tagBytes else { return nil }
        Sodium.isReady
        let sealed = Array(sealed)
        var plain = [UInt8](repeating: 0, count: sealed.count - tagBytes)
        var count: UInt64 = 0
        let code = unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
            &plain,
            &count,
            nil,
            sealed,
            UInt64(sealed.count),
            context,
            UInt64(context.count),
            nonce,
            key
        )
        return code == 0 ? Array(plain.prefix(Int(count))) : nil
    }
}
#endif
