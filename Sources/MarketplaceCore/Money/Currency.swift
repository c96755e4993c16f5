/// A currency of ISO 4217: its three-letter code, its numeric code and the number of its decimal digits.
///
/// Four bytes wide. Values come from the table in `Currency+ISO4217.swift` alone, so that one code has one meaning
/// and comparing two currencies is comparing two integers.
@frozen
public struct Currency: Sendable, Hashable {
    /// Five bits for each letter (A is 0), ten for the numeric code, three for the exponent; the code comes first, so
    /// that the table is in the order of this number.
    @usableFromInline let packed: UInt32

    @inlinable
    init(
        _ first: Unicode.Scalar,
        _ second: Unicode.Scalar,
        _ third: Unicode.Scalar,
        _ numeric: UInt32,
        _ exponent: UInt32
    ) {
        let letters = (first.value &- 65) &<< 10 | (second.value &- 65) &<< 5 | (third.value &- 65)
        packed = letters &<< 13 | numeric &<< 3 | exponent
    }

    /// The numeric code of ISO 4217, 1...999.
    @inlinable public var numericCode: Int { Int(packed &>> 3 & 0x3FF) }

    /// How many decimal digits the minor unit stands behind the major one, 0...4.
    @inlinable public var exponent: Int { Int(packed & 7) }

    /// How many minor units make a major one: 10 to the ``exponent``.
    @inlinable public var minorUnitsPerMajorUnit: Int64 {
        switch exponent {
        case 0: 1
        case 1: 10
        case 2: 100
        case 3: 1000
        default: 10_000
        }
    }

    /// The alphabetic code, three upper-case letters.
    public var code: String {
        String(decoding: [letter(shift: 23), letter(shift: 18), letter(shift: 13)], as: UTF8.self)
    }

    private func letter(shift: UInt32) -> UInt8 {
        UInt8(truncatingIfNeeded: packed &>> shift & 31) &+ 65
    }
}

extension Currency {
    /// The currency with this alphabetic code, which is upper-case as the standard writes it.
    ///
    /// - Throws: ``CurrencyError`` when the text is not three upper-case letters or the active list has no such code.
    /// - Complexity: A binary search in the active list.
    public init(code: String) throws(CurrencyError) {
        var letters: UInt32 = 0
        var count = 0
        for byte in code.utf8 {
            guard count < 3, byte >= 65, byte <= 90 else { throw .malformed(CurrencyError.excerpt(of: code)) }
            letters = letters &<< 5 | UInt32(byte &- 65)
            count += 1
        }
        guard count == 3 else { throw .malformed(CurrencyError.excerpt(of: code)) }
        guard let found = Currency.find(letters: letters) else { throw .unknown(code) }
        self = found
    }

    private static func find(letters: UInt32) -> Currency? {
        let table = Currency.iso4217
        var low = 0
        var high = table.count
        while low < high {
            let middle = (low + high) / 2
            if table[middle].packed &>> 13 < letters { low = middle + 1 } else { high = middle }
        }
        guard low < table.count, table[low].packed &>> 13 == letters else { return nil }
        return table[low]
    }
}

extension Currency: CustomStringConvertible {
    /// The alphabetic code.
    public var description: String { code }
}

extension Currency: Codable {
    /// Decodes the alphabetic code.
    public init(from decoder: any Decoder) throws {
        self = try decoder.checkedValue { (code: String) throws(CurrencyError) in
            try Self(code: code)
        }
    }

    /// Encodes the alphabetic code.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }
}
