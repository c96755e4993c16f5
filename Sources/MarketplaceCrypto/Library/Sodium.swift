#if Crypto
import CMarketplaceCrypto

/// What the module uses of libsodium beside its constructions.
enum Sodium {
    /// Made once, before the first call; libsodium may be initialised from any thread and any number of times.
    static let isReady: Void = {
        // It fails only where the system gives no randomness, without which nothing here is safe.
        guard sodium_init() >= 0 else { preconditionFailure("libsodium could not be initialised") }
    }()

    /// Bytes nobody can guess.
    static func randomBytes(_ count: Int) -> [UInt8] {
        isReady
        var bytes = [UInt8](repeating: 0, count: count)
        unsafe randombytes_buf(&bytes, count)
        return bytes
    }

    /// Whether both are the same bytes, in a time that depends on their lengths alone.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        isReady
        guard left.count == right.count else { return false }
        return unsafe sodium_memcmp(left, right, left.count) == 0
    }

    /// An alphabet of base 64 (RFC 4648), without padding.
    enum Base64 {
        /// Section 4: with `+` and `/`, as PHC strings have it.
        case standard
        /// Section 5: with `-` and `_`, as JSON Web Tokens have it.
        case urlSafe

        fileprivate var variant: Int32 {
            switch self {
            case .standard: sodium_base64_VARIANT_ORIGINAL_NO_PADDING
            case .urlSafe: sodium_base64_VARIANT_URLSAFE_NO_PADDING
            }
        }

        /// The text of some bytes.
        func text(of bytes: [UInt8]) -> String {
            isReady
            let capacity = sodium_base64_encoded_len(bytes.count, variant)
            var text = [CChar](repeating: 0, count: capacity)
            // The capacity is what the library asks for, its NUL included.
            _ = unsafe sodium_bin2base64(&text, capacity, bytes, bytes.count, variant)
            return String(decoding: text.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        /// The bytes of a text; nil when it is not of this alphabet, or has bits too many.
        func bytes(of text: some StringProtocol) -> [UInt8]? {
            isReady
            let characters = text.utf8.map { CChar(bitPattern: $0) }
            // Base 64 is never shorter than what it stands for.
            var bytes = [UInt8](repeating: 0, count: characters.count)
            var count = 0
            let code = unsafe sodium_base642bin(
                &bytes,
                bytes.count,
                characters,
                characters.count,
                nil,
                &count,
                nil,
                variant
            )
            return code == 0 ? Array(bytes.prefix(count)) : nil
        }
    }
}
#endif
