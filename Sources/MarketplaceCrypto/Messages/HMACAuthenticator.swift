#if Crypto
public import MarketplacePorts

/// Tells by HMAC-SHA-256 (RFC 2104, RFC 4231) whether a message comes from who holds the key.
///
/// ```swift
/// let webhooks = HMACAuthenticator(key)
/// guard webhooks.isAuthentic(signature, of: body) else { return .unauthorized }
/// ```
public struct HMACAuthenticator: MessageAuthenticator {
    private let key: SecretKey

    /// An authenticator under that key.
    public init(_ key: SecretKey) {
        self.key = key
    }

    /// The 32 bytes of the code of a message.
    public func code(of message: [UInt8]) -> [UInt8] {
        HMACSHA256.code(of: message, key: key.bytes)
    }

    /// Whether it is the code of the message, compared in a time that does not depend on where they differ.
    public func isAuthentic(_ code: [UInt8], of message: [UInt8]) -> Bool {
        Sodium.areEqual(code, self.code(of: message))
    }
}
#endif
