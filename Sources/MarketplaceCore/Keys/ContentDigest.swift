/// A 128-bit digest of content, by which a repeated id or key is told from a reused one.
///
/// It is the same on every machine and in every release. It is **not** cryptographic: it guards against mistakes, not
/// against somebody who looks for two contents with one digest. Two lanes of multiply-and-rotate over 64-bit words,
/// finished with the mixing steps of MurmurHash3 (Appleby, public domain).
public struct ContentDigest: Sendable {
    /// The 128 bits of a digest.
    public struct Value: Hashable, Sendable {
        // Two words for the same reason as `Identifier`.
        private let high: UInt64
        private let low: UInt64

        init(high: UInt64, low: UInt64) {
            self.high = high
            self.low = low
        }

        /// The digest with these bits.
        public init(bits: UInt128) {
            high = UInt64(truncatingIfNeeded: bits >> 64)
            low = UInt64(truncatingIfNeeded: bits)
        }

        /// The bits.
        public var bits: UInt128 { UInt128(high) << 64 | UInt128(low) }
    }

    private var low: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var high: UInt64 = 0xC2B2_AE3D_27D4_EB4F

    /// The digest of nothing.
    public init() {}

    /// Takes in one word.
    public mutating func combine(_ word: UInt64) {
        low = Self.rotated(low ^ (word &* 0x87C3_7B91_1142_53D5), by: 31) &* 0x4CF5_AD43_2745_937F
        high = Self.rotated(high &+ (word ^ low), by: 29) &* 0x9FB2_1C65_1E98_DF25
    }

    /// Takes in a number.
    public mutating func combine(_ number: Int64) {
        combine(UInt64(bitPattern: number))
    }

    /// Takes in 128 bits.
    public mutating func combine(_ bits: UInt128) {
        combine(UInt64(truncatingIfNeeded: bits))
        combine(UInt64(truncatingIfNeeded: bits >> 64))
    }

    /// Takes in bytes and their number.
    public mutating func combine(_ bytes: [UInt8]) {
        combine(span: bytes.span)
    }

    /// Takes in the bytes of UTF-8 and their number.
    public mutating func combine(_ text: String) {
        // The closure only reads the bytes while they are alive.
        let done: Void? = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
            unsafe combine(span: bytes.span)
        }
        if done == nil { combine(Array(text.utf8)) }
    }

    /// The digest of all that was taken in.
    public var value: Value {
        Value(high: Self.mixed(high &+ low), low: Self.mixed(low ^ Self.rotated(high, by: 17)))
    }

    private mutating func combine(span: Span<UInt8>) {
        combine(UInt64(span.count))
        var offset = 0
        while offset &+ 8 <= span.count {
            // The eight bytes from `offset` lie within the span: the loop condition says so.
            let word = unsafe span.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            combine(UInt64(littleEndian: word))
            offset &+= 8
        }
        guard offset < span.count else { return }
        var tail: UInt64 = 0
        for shift in 0..<(span.count - offset) {
            tail |= UInt64(span[offset + shift]) << UInt64(shift * 8)
        }
        combine(tail)
    }

    private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
        word << count | word >> (64 - count)
    }

    private static func mixed(_ word: UInt64) -> UInt64 {
        var word = word
        word = (word ^ word >> 33) &* 0xFF51_AFD7_ED55_8CCD
        word = (word ^ word >> 33) &* 0xC4CE_B9FE_1A85_EC53
        return word ^ word >> 33
    }
}
