/// The text form of 128 bits, outside of the generic type so that it is compiled once.
enum IdentifierText {
    static let hyphenatedLength = 36
    static let plainLength = 32

    static func text(of bits: UInt128) -> String {
        // `unsafe`: the buffer has room for at least the 36 bytes asked for, and exactly those are initialized: the
        // loop writes 32 digits, and a hyphen before four of them.
        unsafe String(unsafeUninitializedCapacity: hyphenatedLength) { buffer in
            var offset = 0
            var half = UInt64(truncatingIfNeeded: bits >> 64)
            for digit in 0..<plainLength {
                if isBehindHyphen(digit) {
                    unsafe buffer[offset] = 45
                    offset += 1
                }
                if digit == 16 { half = UInt64(truncatingIfNeeded: bits) }
                let nibble = UInt8(truncatingIfNeeded: half &>> 60)
                half &<<= 4
                unsafe buffer[offset] = nibble &+ (nibble < 10 ? 48 : 87)
                offset += 1
            }
            return offset
        }
    }

    static func bits(of text: String) throws(IdentifierParseError) -> UInt128 {
        let length = text.utf8.count
        guard length == hyphenatedLength || length == plainLength else {
            throw IdentifierParseError(.wrongLength(length), utf8Offset: length)
        }
        let isHyphenated = length == hyphenatedLength
        var high: UInt64 = 0
        var low: UInt64 = 0
        var digit = 0
        var offset = 0
        var hyphenIsDue = false
        for byte in text.utf8 {
            if hyphenIsDue {
                guard byte == 45 else { throw IdentifierParseError(.expectedHyphen, utf8Offset: offset) }
                hyphenIsDue = false
            } else {
                guard let nibble = nibble(of: byte) else {
                    throw IdentifierParseError(.expectedHexDigit, utf8Offset: offset)
                }
                high = high &<< 4 | low &>> 60
                low = low &<< 4 | nibble
                digit += 1
                hyphenIsDue = isHyphenated && isBehindHyphen(digit)
            }
            offset += 1
        }
        return UInt128(high) << 64 | UInt128(low)
    }

    private static func isBehindHyphen(_ digit: Int) -> Bool {
        digit == 8 || digit == 12 || digit == 16 || digit == 20
    }

    private static func nibble(of byte: UInt8) -> UInt64? {
        switch byte {
        case 48...57: UInt64(byte &- 48)
        case 97...102: UInt64(byte &- 87)
        case 65...70: UInt64(byte &- 55)
        default: nil
        }
    }
}
