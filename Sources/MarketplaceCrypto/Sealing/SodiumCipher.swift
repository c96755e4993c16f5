#if Crypto
public import MarketplacePorts

/// Seals fields with XChaCha20-Poly1305 under a random nonce each, by libsodium.
///
/// A sealed field is 40 bytes longer than the plain one: the nonce first, then the cipher text, then the tag. The id
/// of the key is authenticated together with the context.
///
/// ```swift
/// let cipher = try SodiumCipher(KeyRing("2026-11", key))
/// let sealed = try cipher.seal(token, context: Array(member.description.utf8))
/// ```
public struct SodiumCipher: FieldCipher {
    /// The most bytes of a field: fields are tokens and addresses, not files.
    public static let maximumBytes = 1_048_576

    private let keys: KeyRing

    /// A cipher with these keys, each of exactly 32 bytes.
    ///
    /// - Throws: ``KeyError/wrongLength(byteCount:allowed:)``.
    public init(_ keys: KeyRing) throws(KeyError) {
        for key in keys.all where key.bytes.count != XChaCha20Poly1305.keyBytes {
            throw .wrongLength(
                byteCount: key.bytes.count,
                allowed: XChaCha20Poly1305.keyBytes...XChaCha20Poly1305.keyBytes
            )
        }
        self.keys = keys
    }

    /// Seals bytes under the current key.
    public func seal(_ plain: [UInt8], context: [UInt8]) throws(SealingError) -> SealedField {
        guard plain.count <= Self.maximumBytes else {
            throw .tooLong(byteCount: plain.count, maximum: Self.maximumBytes)
        }
        let nonce = Sodium.randomBytes(XChaCha20Poly1305.nonceBytes)
        let sealed = XChaCha20Poly1305.seal(
            plain,
            nonce: nonce,
            key: keys.current.bytes,
            authenticating: Self.bound(context, to: keys.currentID)
        )
        return SealedField(keyID: keys.currentID, bytes: nonce + sealed)
    }

    /// Opens what was sealed under the same context by any key of the ring.
    public func open(_ sealed: SealedField, context: [UInt8]) throws(SealingError) -> [UInt8] {
        guard let key = keys.key(sealed.keyID) else { throw .unknownKey(id: sealed.keyID) }
        let plain = XChaCha20Poly1305.open(
            sealed.bytes.dropFirst(XChaCha20Poly1305.nonceBytes),
            nonce: Array(sealed.bytes.prefix(XChaCha20Poly1305.nonceBytes)),
            key: key.bytes,
            authenticating: Self.bound(context, to: sealed.keyID)
        )
        guard let plain else { throw .notAuthentic }
        return plain
    }

    /// Whether the field was sealed under another key than the current one.
    public func isOutdated(_ sealed: SealedField) -> Bool {
        sealed.keyID != keys.currentID
    }

    /// The id's length stands first, so that no id and context read as another pair.
    private static func bound(_ context: [UInt8], to id: String) -> [UInt8] {
        [UInt8(id.utf8.count)] + Array(id.utf8) + context
    }
}
#endif
