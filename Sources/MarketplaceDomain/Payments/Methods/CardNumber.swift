/// Tells texts that look as if they held the number of a payment card.
///
/// Whoever stores card numbers falls under PCI DSS; a marketplace that stores only what its gateway gives it does not.
/// So a number that finds its way into a token or a label is refused at the door.
public enum CardNumber {
    /// How many digits the number of a card has: ISO/IEC 7812-1 allows 12 to 19 in practice.
    public static let lengths = 12...19

    /// Whether a text holds a run of 12 to 19 digits that passes the check of ISO/IEC 7812-1 annex B (Luhn).
    ///
    /// Spaces and hyphens between digits count as part of the run, as on a card. One random run in ten passes the check
    /// by chance: a gateway whose tokens are mere digits of such a length must wrap them. Linear in the text.
    public static func isContained(in text: String) -> Bool {
        var digits: [UInt8] = []
        var gap = 0
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                digits.append(byte - UInt8(ascii: "0"))
                gap = 0
            case UInt8(ascii: " "), UInt8(ascii: "-"):
                gap += 1
                if gap > 1 {
                    if isNumber(digits) { return true }
                    digits.removeAll(keepingCapacity: true)
                }
            default:
                if isNumber(digits) { return true }
                digits.removeAll(keepingCapacity: true)
                gap = 0
            }
        }
        return isNumber(digits)
    }

    private static func isNumber(_ digits: [UInt8]) -> Bool {
        guard lengths.contains(digits.count) else { return false }
        var sum = 0
        for (place, digit) in digits.reversed().enumerated() {
            let doubled = Int(digit) * (place.isMultiple(of: 2) ? 1 : 2)
            sum += doubled > 9 ? doubled - 9 : doubled
        }
        return sum.isMultiple(of: 10)
    }
}
