import Synchronization

/// A cipher for tests and demonstrations only: **it protects nothing**.
///
/// It keeps the contract of ``FieldCipher`` (fields are not readable at a glance, changed or moved ones do not open,
/// keys rotate), by arithmetic that anybody can undo. `MarketplaceCrypto` has the real one.
public final class InsecureFieldCipher: FieldCipher {
    /// The most bytes of a field.
    public static let maximumBytes = 65_536

    private let keys: [String: UInt64]
    private let currentKeyID: String
    private let sealedCount = Mutex<UInt64>(0)

    /// A cipher for tests that has these keys; the last one is the current one.
    public init(forTestsOnly keyIDs: String, _ newer: String...) {
        let ids = [keyIDs] + newer
        // A key follows from its name, so that another cipher with a key of that name opens what this one sealed.
        keys = Dictionary(ids.map { ($0, Self.mixed(Array($0.utf8), 0)) }) { first, _ in first }
        currentKeyID = ids[ids.count - 1]
    }

    /// Covers the bytes under the current key.
    public func seal(_ plain: [UInt8], context: [UInt8]) throws(SealingError) -> SealedField {
        guard plain.count <= Self.maximumBytes else {
            throw .tooLong(byteCount: plain.count, maximum: Self.maximumBytes)
        }
        guard let key = keys[currentKeyID] else { throw .unknownKey(id: currentKeyID) }
        let nonce = sealedCount.withLock { count in
            count &+= 1
            return count
        }
        let covered = Self.covered(plain, key ^ nonce)
        let tag = Self.mixed(covered + context, key ^ nonce)
        return SealedField(keyID: currentKeyID, bytes: Self.bytes(of: nonce) + Self.bytes(of: tag) + covered)
    }

    /// Uncovers what was sealed under the same context by a key of a name that this cipher has.
    public func open(_ sealed: SealedField, context: [UInt8]) throws(SealingError) -> [UInt8] {
        guard let key = keys[sealed.keyID] else { throw .unknownKey(id: sealed.keyID) }
        guard sealed.bytes.count >= 16 else { throw .notAuthentic }
        let nonce = Self.word(sealed.bytes[..<8])
        let covered = Array(sealed.bytes[16...])
        guard Self.mixed(covered + context, key ^ nonce) == Self.word(sealed.bytes[8..<16]) else { throw .notAuthentic }
        return Self.covered(covered, key ^ nonce)
    }

    /// Whether another key than the current one sealed it.
    public func isOutdated(_ sealed: SealedField) -> Bool {
        sealed.keyID != currentKeyID
    }

    private static func covered(_ bytes: [UInt8], _ key: UInt64) -> [UInt8] {
        bytes.enumerated().map { $1 ^ UInt8(truncatingIfNeeded: mixed(Self.bytes(of: UInt64($0)), key)) }
    }

    /// FNV-1a from a start that depends on the key.
    static func mixed(_ bytes: [UInt8], _ key: UInt64) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325 ^ key) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }

    static func bytes(of word: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) }
    }

    private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
