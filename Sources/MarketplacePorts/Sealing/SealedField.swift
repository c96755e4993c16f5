/// A field that only the holder of a key can read.
public struct SealedField: Sendable, Hashable, Codable {
    /// Which key sealed it.
    public let keyID: String
    /// Nonce, cipher text and tag, as the cipher laid them out.
    public let bytes: [UInt8]

    /// A sealed field of these parts.
    public init(keyID: String, bytes: [UInt8]) {
        self.keyID = keyID
        self.bytes = bytes
    }
}
