extension Identifier where Subject: ~Copyable {
    /// Makes an identifier of UUID version 7 (RFC 9562 section 5.7): its milliseconds, then 74 bits of `random`.
    ///
    /// The text form starts with the time. Milliseconds have 48 bits there: a time before 1970 counts as the start of
    /// it, one past the year 10889 as the last that fits.
    ///
    /// - Parameters:
    ///   - time: When it is made.
    ///   - random: Bits that are different for each identifier; the lower 74 are used.
    public init(time: Timestamp, random: UInt128) {
        let milliseconds = TimeOrder.order(of: time) >> TimeOrder.counterBits
        self.init(
            bits: TimeOrder.bits(
                order: milliseconds << TimeOrder.counterBits | UInt64(truncatingIfNeeded: random >> 62) & 0xFFF,
                tail: UInt64(truncatingIfNeeded: random)
            )
        )
    }

    /// Makes an identifier of UUID version 7 with random bits of a generator.
    public init(time: Timestamp, using generator: inout some RandomNumberGenerator) {
        let high = generator.next()
        let low = generator.next()
        self.init(time: time, random: UInt128(high) << 64 | UInt128(low))
    }

    /// When the identifier was made, to the millisecond; nil when it is not a UUID of version 7.
    public var time: Timestamp? {
        let version = UInt8(truncatingIfNeeded: bits >> 76) & 0xF
        let variant = UInt8(truncatingIfNeeded: bits >> 62) & 0b11
        guard version == 7, variant == 0b10 else { return nil }
        return Timestamp(microsecondsSinceEpoch: Int64(bits >> 80) * 1000)
    }
}

/// The layout of UUID version 7: 48 bits of milliseconds and 12 of a counter are the order, 62 bits are the tail.
enum TimeOrder {
    static let counterBits: UInt64 = 12
    static let maximumMilliseconds: UInt64 = (1 << 48) - 1

    /// The bits with an order of 60 bits and a tail of 62.
    static func bits(order: UInt64, tail: UInt64) -> UInt128 {
        let high = (order >> counterBits) << 16 | 0x7000 | order & 0xFFF
        let low = 1 << 63 | tail & ((1 << 62) - 1)
        return UInt128(high) << 64 | UInt128(low)
    }

    /// The order of a point in time: its milliseconds and, as the counter, its fraction of one in 4096ths.
    static func order(of time: Timestamp) -> UInt64 {
        let microseconds = UInt64(clamping: time.microsecondsSinceEpoch)
        let (milliseconds, rest) = microseconds.quotientAndRemainder(dividingBy: 1000)
        guard milliseconds <= maximumMilliseconds else { return .max >> 4 }
        return milliseconds << counterBits | rest * 4096 / 1000
    }
}
