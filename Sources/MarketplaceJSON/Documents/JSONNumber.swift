/// The numbers of RFC 8259.
enum JSONNumber {
    /// What ``isExact(_:)`` asks for, in words.
    static let exactNumber = "a number that is not rounded to a whole one"

    /// Whether a text is a number: a minus sign where it is negative, no leading zeros, digits on both sides of a point.
    static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        rest.drop(where: { $0 == UInt8(ascii: "-") }, atMost: 1)
        let whole = rest.dropDigits()
        guard whole.count == 1 || (whole.count > 1 && whole.first != UInt8(ascii: "0")) else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard !rest.dropDigits().isEmpty else { return false }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            rest.drop(where: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }, atMost: 1)
            guard !rest.dropDigits().isEmpty else { return false }
        }
        return rest.isEmpty
    }

    /// Whether the toolchain's decoder reads a number, asked for an integer, as what it says or not at all.
    ///
    /// Where it has a point or an exponent, that decoder takes the integer that binary64 or its decimal type makes of
    /// it: 1.0 is 1, and so would 1.00000000000000000001 be, 1e-400 would be 0 and 9007199254740992.5 without its half.
    /// An amount must not be rounded in silence, so those are told apart here.
    static func isExact(_ number: ArraySlice<UInt8>) -> Bool {
        guard number.contains(where: { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }),
            let rounded = Double(String(decoding: number, as: UTF8.self))
        else { return true }
        // No text of a `Double` that is written and read again has a fraction there.
        guard rounded.magnitude < exactBound else { return Significand(number).exponent >= 0 }
        guard let whole = Int64(exactly: rounded) else { return true }
        return Significand(number) == Significand(Array(String(whole).utf8)[...])
    }

    /// 2⁵³: from here on, binary64 holds whole numbers alone, and has gaps between them.
    private static let exactBound: Double = 9_007_199_254_740_992

    /// The exponents that are kept apart: beyond, a number is 0 or infinite, whatever its digits.
    private static let exponentBound = 1 << 40

    /// A number as its digits without the zeros at both ends, and the power of ten of the last one.
    private struct Significand: Equatable {
        var digits: [UInt8] = []
        var exponent = 0

        init(_ number: ArraySlice<UInt8>) {
            var rest = number
            rest.drop(where: { $0 == UInt8(ascii: "-") }, atMost: 1)
            digits = Array(rest.dropDigits())
            if rest.first == UInt8(ascii: ".") {
                rest.removeFirst()
                let fraction = rest.dropDigits()
                digits += fraction
                exponent = -fraction.count
            }
            // Where the exponent is beyond an Int, the digits alone tell whether the number is 0.
            let power = Int(String(decoding: rest.dropFirst(), as: UTF8.self)) ?? 0
            exponent += min(max(power, -exponentBound), exponentBound)
            digits = Array(digits.drop { $0 == UInt8(ascii: "0") })
            while digits.last == UInt8(ascii: "0") {
                digits.removeLast()
                exponent += 1
            }
            if digits.isEmpty { exponent = 0 }
        }
    }
}

extension ArraySlice<UInt8> {
    /// Takes the digits from the front.
    fileprivate mutating func dropDigits() -> ArraySlice<UInt8> {
        let digits = prefix { (48...57).contains($0) }
        self = self[digits.endIndex...]
        return digits
    }

    /// Takes so many matching bytes from the front at most.
    fileprivate mutating func drop(where matches: (UInt8) -> Bool, atMost maximum: Int) {
        for _ in 0..<maximum {
            guard let first, matches(first) else { return }
            removeFirst()
        }
    }
}
