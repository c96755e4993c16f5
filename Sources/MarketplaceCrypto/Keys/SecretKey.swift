#if Crypto
/// The bytes of a key.
///
/// It does not show itself in logs.
public struct SecretKey: Sendable {
    /// The fewest bytes: the 256 bits of the hash that the keys are used with (RFC 7518 section 3.2).
    public static let minimumBytes = 32
    /// The most bytes: more add nothing to HMAC-SHA-256.
    public static let maximumBytes = 1_024

    let bytes: [UInt8]

    /// The key of these bytes.
    ///
    /// - Throws: ``KeyError/wrongLength(byteCount:allowed:)``.
    public init(_ bytes: [UInt8]) throws(KeyError) {
        guard (Self.minimumBytes...Self.maximumBytes).contains(bytes.count) else {
            throw .wrongLength(byteCount: bytes.count, allowed: Self.minimumBytes...Self.maximumBytes)
        }
        self.bytes = bytes
    }

    /// Takes over bytes that were checked.
    init(checked bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// A key that nobody can guess.
    public static func random() -> SecretKey {
        SecretKey(checked: Sodium.randomBytes(minimumBytes))
    }
}

extension SecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// A mask.
    public var description: String { "••••" }
    /// A mask.
    public var debugDescription: String { description }
    /// Nothing to see.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
#endif
