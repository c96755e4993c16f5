/// A percentage in hundredths of a percent, exactly.
///
/// The command line speaks in percent with two decimals; a hundredth of a percent is one basis point.
public struct BasisPoints: Hashable, Comparable, Sendable, LosslessStringConvertible, Codable {
    /// How many hundredths of a percent: 300 is 3 %.
    public let value: Int

    /// A percentage of `value` hundredths of a percent.
    public init(_ value: Int) {
        self.value = value
    }

    /// A whole number of percent, and hundredths after it: `.percent(99, 90)` is 99.90 %.
    public static func percent(_ whole: Int, _ hundredths: Int = 0) -> BasisPoints {
        BasisPoints(whole * 100 + hundredths)
    }

    /// The percentage written as digits with at most two decimals, a percent sign allowed after it; `nil` otherwise.
    public init?(_ text: String) {
        var digits = text[...]
        if digits.hasSuffix("%") {
            digits.removeLast()
            while digits.hasSuffix(" ") { digits.removeLast() }
        }
        let isNegative = digits.hasPrefix("-")
        if isNegative { digits.removeFirst() }
        let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first.flatMap(Self.digits), parts.count < 2 || !parts[1].isEmpty else { return nil }
        let decimals = parts.count < 2 ? "" : parts[1]
        guard decimals.utf8.count <= 2,
            let hundredths = Self.digits(decimals + String(repeating: "0", count: 2 - decimals.utf8.count))
        else { return nil }
        let (scaled, overflow) = whole.multipliedReportingOverflow(by: 100)
        let (sum, carry) = scaled.addingReportingOverflow(hundredths)
        guard !overflow, !carry else { return nil }
        self.init(isNegative ? -sum : sum)
    }

    private static func digits(_ text: some StringProtocol) -> Int? {
        guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return nil }
        return Int(text)
    }

    /// The percentage without its sign: `3`, `0.5`, `12.25`.
    public var number: String {
        let magnitude = value.magnitude
        let hundredths = magnitude % 100
        var text = (value < 0 ? "-" : "") + String(magnitude / 100)
        if hundredths > 0 {
            text += "." + String(hundredths / 10)
            if hundredths % 10 > 0 { text += String(hundredths % 10) }
        }
        return text
    }

    /// The percentage with its sign: `3 %`.
    public var description: String { number + " %" }

    /// Whether one percentage is smaller than the other.
    public static func < (left: BasisPoints, right: BasisPoints) -> Bool {
        left.value < right.value
    }
}
