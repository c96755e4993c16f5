#if Crypto
import MarketplacePorts
import Testing

@testable import MarketplaceCrypto

struct SodiumCipherTests {
    private static let context = Array("member 7".utf8)

    @Test(arguments: [0, 1, 15, 16, 17, 4_096])
    func whatIsSealedOpensInItsPlace(_ count: Int) throws {
        let cipher = try SodiumCipher(KeyRing("k", .random()))
        let plain = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let sealed = try cipher.seal(plain, context: Self.context)
        #expect(sealed.bytes.count == count + 40)
        #expect(try cipher.open(sealed, context: Self.context) == plain)
        #expect(throws: SealingError.notAuthentic) { try cipher.open(sealed, context: Array("member 8".utf8)) }
    }

    @Test func everyByteOfASealedFieldCounts() throws {
        let cipher = try SodiumCipher(KeyRing("k", .random()))
        let sealed = try cipher.seal(Array("tok_4711".utf8), context: Self.context)
        for offset in sealed.bytes.indices {
            var bytes = sealed.bytes
            bytes[offset] ^= 1
            let changed = SealedField(keyID: "k", bytes: bytes)
            #expect(throws: SealingError.notAuthentic) { try cipher.open(changed, context: Self.context) }
        }
        for count in 0..<sealed.bytes.count {
            let cut = SealedField(keyID: "k", bytes: Array(sealed.bytes.prefix(count)))
            #expect(throws: SealingError.notAuthentic) { try cipher.open(cut, context: Self.context) }
        }
    }

    @Test func theSameFieldIsNeverSealedTheSameWay() throws {
        let cipher = try SodiumCipher(KeyRing("k", .random()))
        #expect(try cipher.seal([1], context: []) != cipher.seal([1], context: []))
    }

    @Test func keysAreRotated() throws {
        let (old, new) = (SecretKey.random(), SecretKey.random())
        let before = try SodiumCipher(KeyRing("1", old))
        let sealed = try before.seal([1, 2], context: [])
        let after = try SodiumCipher(KeyRing(current: "2", ["1": old, "2": new]))
        #expect(after.isOutdated(sealed) && !before.isOutdated(sealed))
        #expect(try after.open(sealed, context: []) == [1, 2])
        let renewed = try after.seal(after.open(sealed, context: []), context: [])
        #expect(!after.isOutdated(renewed))
        #expect(throws: SealingError.unknownKey(id: "2")) { try before.open(renewed, context: []) }
        // The id is authenticated: a field does not open under another name of the same key.
        let renamed = try SodiumCipher(KeyRing("x", old))
        #expect(throws: SealingError.notAuthentic) {
            try renamed.open(SealedField(keyID: "x", bytes: sealed.bytes), context: [])
        }
    }

    @Test func keysThatCannotBeUsedAreRefused() throws {
        #expect(throws: KeyError.wrongLength(byteCount: 31, allowed: 32...1_024)) {
            try SecretKey(Array(repeating: 0, count: 31))
        }
        #expect(throws: KeyError.wrongLength(byteCount: 33, allowed: 32...32)) {
            try SodiumCipher(KeyRing("k", SecretKey(Array(repeating: 0, count: 33))))
        }
        #expect(throws: KeyError.missingCurrent(id: "b")) { try KeyRing(current: "b", ["a": .random()]) }
        #expect(throws: KeyError.unfitID("a b")) { try KeyRing("a b", .random()) }
        #expect(throws: KeyError.unfitID("")) { try KeyRing("", .random()) }
    }

    @Test func fieldsHaveABound() throws {
        let cipher = try SodiumCipher(KeyRing("k", .random()))
        let count = SodiumCipher.maximumBytes + 1
        #expect(throws: SealingError.tooLong(byteCount: count, maximum: count - 1)) {
            try cipher.seal(Array(repeating: 0, count: count), context: [])
        }
    }

    @Test func aMessageIsAuthenticUnderItsKeyAlone() {
        let key = SecretKey.random()
        let authenticator = HMACAuthenticator(key)
        let code = authenticator.code(of: [1, 2, 3])
        #expect(authenticator.isAuthentic(code, of: [1, 2, 3]))
        #expect(!authenticator.isAuthentic(code, of: [1, 2, 4]))
        #expect(!authenticator.isAuthentic(Array(code.dropLast()), of: [1, 2, 3]))
        #expect(!authenticator.isAuthentic([], of: [1, 2, 3]))
        #expect(!HMACAuthenticator(.random()).isAuthentic(code, of: [1, 2, 3]))
    }
}
#endif
