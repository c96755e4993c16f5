public import MarketplaceCore

/// How generated codes look: characters nobody mistakes for each other, the last of them a check of the others.
///
/// The alphabet has 31 characters: digits and capital letters without 0, O, 1, I and L. 31 is a prime number, which
/// is what the check builds on: it is the pure system of ISO/IEC 7064 with modulus 31 and radix 3 (the standard itself
/// has none for this alphabet). The weight of a place is a power of 3, which is a primitive root of 31; so any single
/// wrong character and any swap of two that are less than 30 places apart is always found, and of all other mistakes
/// 30 in 31.
///
/// A code has `length − 1` random characters of 4.95 bits each, 64 bits with the default length. Shorter codes are
/// easier to type and to guess: whoever may try `a` times among `n` live codes of `b` bits finds one with a probability
/// of at most `a · n / 2^b`.
public struct CouponCodeFormat: Hashable, Sendable {
    /// The characters, in the order of their values.
    public static let alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
    /// The lengths a code can have, with the check character: 39 bits at least, and nobody types more than 33.
    public static let lengths = 9...33
    /// 14 characters: 13 random ones with 64 bits, and the check character.
    public static let standard = CouponCodeFormat(unchecked: 14)

    /// How many characters a code has, the check character among them.
    public let length: Int

    /// A format of that length, brought into ``lengths``.
    public init(length: Int) {
        self.init(unchecked: min(max(length, Self.lengths.lowerBound), Self.lengths.upperBound))
    }

    init(unchecked length: Int) {
        self.length = length
    }

    /// The random bits of a code, rounded down.
    public var randomBits: Int {
        // 31^n has n times 4.9541… bits; the fraction of the factor is that of log2(31) rounded down.
        (length - 1) * 4_954 / 1_000
    }

    /// The code in what a buyer typed, in the form that codes are compared in.
    ///
    /// No store is asked. Whatever is as long as a generated code is taken for one.
    ///
    /// - Throws: `mistypedCode` when the check says so; `keyTooLong` when it is no code at all.
    public func code(typed text: String) throws(CouponRefusal) -> CouponCode {
        let code: CouponCode
        do throws(TextKeyError) {
            code = try CouponCode(typed: text)
        } catch {
            throw .keyTooLong(byteCount: text.utf8.count, maximum: CouponLimits.codeBytes)
        }
        try check(code)
        return code
    }

    /// Checks a code without asking a store.
    ///
    /// - Throws: `mistypedCode`, `keyTooLong`.
    public func check(_ code: CouponCode) throws(CouponRefusal) {
        let count = code.text.utf8.count
        guard count <= CouponLimits.codeBytes else {
            throw .keyTooLong(byteCount: count, maximum: CouponLimits.codeBytes)
        }
        guard count != length || isValid(code) else { throw .mistypedCode(code) }
    }

    /// Whether it has this length, characters of the alphabet alone, and the right check character.
    public func isValid(_ code: CouponCode) -> Bool {
        guard code.text.utf8.count == length, let remainder = Self.remainder(of: code.text.utf8) else { return false }
        return remainder == 1
    }

    /// The code in groups for a person to read: `7K3M-9QXA-…`.
    ///
    /// - Parameters:
    ///   - code: Any code.
    ///   - size: How many characters stand together; at least one.
    /// - Returns: The groups with hyphens between them, which ``MarketplaceCore/TextKey/init(typed:)`` leaves out again.
    public static func grouped(_ code: CouponCode, by size: Int = 4) -> String {
        var text = ""
        for (index, scalar) in code.text.unicodeScalars.enumerated() {
            if index > 0, index % max(1, size) == 0 { text.unicodeScalars.append("-") }
            text.unicodeScalars.append(scalar)
        }
        return text
    }
}

extension CouponCodeFormat: Codable {
    /// Reads the length, and checks it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let length = try container.decode(Int.self)
        guard Self.lengths.contains(length) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no code has \(length) characters")
        }
        self.init(unchecked: length)
    }

    /// Writes the length.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(length)
    }
}

extension CouponCodeFormat {
    static let modulus = 31
    private static let radix = 3
    private static let symbols = Array(alphabet.utf8)
    private static let values: [Int?] = (0...255).map { symbols.firstIndex(of: UInt8($0)) }

    /// The code of values of the alphabet, one fewer than it has characters: the check character is added.
    static func code(of values: some Collection<Int>) -> CouponCode {
        var bytes = values.map { symbols[$0] }
        var sum = 0
        for value in values { sum = (sum + value) * radix % modulus }
        bytes.append(symbols[(modulus + 1 - sum) % modulus])
        return CouponCode(unchecked: String(decoding: bytes, as: UTF8.self))
    }

    /// What the check of ISO/IEC 7064 leaves, 1 for a right code; nil for a character outside of the alphabet.
    private static func remainder(of text: some Sequence<UInt8>) -> Int? {
        var sum = 0
        for byte in text {
            guard let value = values[Int(byte)] else { return nil }
            sum = (sum * radix + value) % modulus
        }
        return sum
    }
}
