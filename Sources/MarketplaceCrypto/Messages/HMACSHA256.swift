#if Crypto
import CMarketplaceCrypto

/// HMAC (RFC 2104) over SHA-256, by libsodium.
enum HMACSHA256 {
    static let byteCount = 32

    /// The code of a message under a key of any length.
    static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        Sodium.isReady
        var state = crypto_auth_hmacsha256_state()
        unsafe crypto_auth_hmacsha256_init(&state, key, key.count)
        unsafe crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
        var code = [UInt8](repeating: 0, count: byteCount)
        unsafe crypto_auth_hmacsha256_final(&state, &code)
        return code
    }
}
#endif
