import MarketplaceCore

/// A keyed hash that is cheaper than the standard library's, for ids and texts that come from outside.
///
/// The key is drawn anew for every inventory, so that nobody can prepare ids that all fall into one place. A word is
/// mixed by the upper and the lower half of a 128-bit product (the step of wyhash; Wang Yi, public domain).
struct HashSeed: Sendable {
    private let first: UInt64
    private let second: UInt64

    init() {
        var generator = SystemRandomNumberGenerator()
        first = generator.next() | 1
        second = generator.next() | 1
    }

    @inline(__always)
    private static func mixed(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }

    @inline(__always)
    func hash(_ bits: UInt128) -> UInt64 {
        let low = UInt64(truncatingIfNeeded: bits)
        let high = UInt64(truncatingIfNeeded: bits >> 64)
        return Self.mixed(Self.mixed(low ^ first, 0xA076_1D64_78BD_642F) ^ high, second)
    }

    /// The hash of a text; never 0.
    @inline(__always)
    func hash(_ text: String) -> UInt64 {
        let hash: UInt64? = unsafe text.utf8.withContiguousStorageIfAvailable { bytes in
            // The closure only reads the bytes while they are alive.
            unsafe self.hash(bytes.span)
        }
        if let hash { return hash }
        let bytes = Array(text.utf8)
        return self.hash(bytes.span)
    }

    @inline(__always)
    private func hash(_ span: Span<UInt8>) -> UInt64 {
        var state = first ^ UInt64(truncatingIfNeeded: span.count)
        var offset = 0
        while offset &+ 8 <= span.count {
            // The eight bytes from `offset` lie within the span: the loop condition says so.
            let word = unsafe span.bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            state = Self.mixed(state ^ word, 0xE703_7ED1_A0B4_28DB)
            offset &+= 8
        }
        var tail: UInt64 = 0
        while offset < span.count {
            tail = tail &<< 8 | UInt64(span[offset])
            offset &+= 1
        }
        return Self.mixed(state ^ tail, second) | 1
    }
}
