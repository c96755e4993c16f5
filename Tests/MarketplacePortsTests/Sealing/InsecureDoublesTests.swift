import MarketplacePorts
import Testing

@Suite struct InsecureDoublesTests {
    private static let plain = Array("tok_secret".utf8)

    @Test func whatWasSealedOpensUnderTheSameContextOnly() throws {
        let cipher = InsecureFieldCipher(forTestsOnly: "k")
        let sealed = try cipher.seal(Self.plain, context: [1])
        #expect(try cipher.open(sealed, context: [1]) == Self.plain)
        #expect(throws: SealingError.notAuthentic) { try cipher.open(sealed, context: [2]) }
        #expect(!String(decoding: sealed.bytes, as: UTF8.self).contains("secret"))
        // The same field sealed twice is not the same text.
        #expect(try cipher.seal(Self.plain, context: [1]) != sealed)
        #expect(try cipher.open(try cipher.seal([], context: []), context: []) == [])
    }

    @Test func whatWasChangedDoesNotOpen() throws {
        let cipher = InsecureFieldCipher(forTestsOnly: "k")
        let sealed = try cipher.seal(Self.plain, context: [1])
        for place in sealed.bytes.indices {
            var bytes = sealed.bytes
            bytes[place] ^= 1
            #expect(throws: SealingError.notAuthentic) {
                try cipher.open(SealedField(keyID: "k", bytes: bytes), context: [1])
            }
        }
        for count in 0..<16 {
            #expect(throws: SealingError.notAuthentic) {
                try cipher.open(SealedField(keyID: "k", bytes: Array(sealed.bytes.prefix(count))), context: [1])
            }
        }
    }

    @Test func keysRotate() throws {
        let old = InsecureFieldCipher(forTestsOnly: "2026")
        let both = InsecureFieldCipher(forTestsOnly: "2026", "2027")
        let sealed = try old.seal(Self.plain, context: [])
        #expect(!old.isOutdated(sealed) && both.isOutdated(sealed))
        #expect(try both.open(sealed, context: []) == Self.plain)
        let newer = try both.seal(Self.plain, context: [])
        #expect(newer.keyID == "2027")
        #expect(throws: SealingError.unknownKey(id: "2027")) { try old.open(newer, context: []) }
    }

    @Test func aFieldThatIsTooLongIsRefused() {
        let long = [UInt8](repeating: 0, count: InsecureFieldCipher.maximumBytes + 1)
        #expect(
            throws: SealingError.tooLong(byteCount: long.count, maximum: InsecureFieldCipher.maximumBytes)
        ) { try InsecureFieldCipher(forTestsOnly: "k").seal(long, context: []) }
    }

    @Test func aCodeIsOfItsMessageAndItsKey() {
        let one = InsecureMessageAuthenticator(forTestsOnly: "a")
        let other = InsecureMessageAuthenticator(forTestsOnly: "b")
        let code = one.code(of: [1, 2])
        #expect(one.isAuthentic(code, of: [1, 2]))
        #expect(!one.isAuthentic(code, of: [1, 3]))
        #expect(!one.isAuthentic([], of: [1, 2]))
        #expect(!other.isAuthentic(code, of: [1, 2]))
    }
}
