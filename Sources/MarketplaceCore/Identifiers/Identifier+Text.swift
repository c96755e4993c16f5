extension Identifier: CustomStringConvertible {
    /// The canonical text form: 32 lower-case hexadecimal digits in groups of 8-4-4-4-12 (RFC 9562 section 4).
    public var description: String {
        let digits = String(bits, radix: 16)
        let padded = String(repeating: "0", count: 32 - digits.count) + digits
        var text = ""
        for (offset, digit) in padded.enumerated() {
            if [8, 12, 16, 20].contains(offset) { text.append("-") }
            text.append(digit)
        }
        return text
    }
}
