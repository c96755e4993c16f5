/// An unsigned decimal number as it was scanned: `digits` over ten to the `scale`.
struct DecimalDigits {
    /// The digits before and after the point as one whole number; nil when it is beyond `Int128`.
    var digits: Int128?
    /// How many digits stand before the point.
    var wholeCount = 0
    /// How many digits stand behind the point; nil when there is no point.
    var scale: Int?

    /// Scans digits, and a point with more digits where one follows.
    init(from scanner: inout TextScanner) {
        digits = 0
        wholeCount = takeDigits(from: &scanner)
        guard wholeCount > 0, scanner.take(".") else { return }
        scale = takeDigits(from: &scanner)
    }

    private mutating func takeDigits(from scanner: inout TextScanner) -> Int {
        var count = 0
        while let digit = scanner.takeDigit() {
            count += 1
            guard let soFar = digits else { continue }
            let (shifted, overflow) = soFar.multipliedReportingOverflow(by: 10)
            let (sum, carry) = shifted.addingReportingOverflow(Int128(digit))
            digits = overflow || carry ? nil : sum
        }
        return count
    }
}
