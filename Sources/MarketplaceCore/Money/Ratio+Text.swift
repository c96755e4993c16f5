/// Why a text is not a fraction, and where.
public typealias RatioParseError = TextParseError<RatioParseReason>

/// What is wrong with a text that is not a fraction or a percentage.
public enum RatioParseReason: Sendable, Hashable, CustomStringConvertible {
    /// A decimal digit has to stand here.
    case expectedDigit
    /// A percent sign has to stand here.
    case expectedPercentSign
    /// The number below the line is zero.
    case zeroDenominator
    /// The text goes on behind its end.
    case unexpectedText
    /// The lowest terms do not fit in two `Int64`.
    case overflow

    /// The facts in words, for a log.
    public var description: String {
        switch self {
        case .expectedDigit: "a digit is missing"
        case .expectedPercentSign: "the percent sign is missing"
        case .zeroDenominator: "the denominator is zero"
        case .unexpectedText: "the text goes on behind the number"
        case .overflow: "the lowest terms of the number are too large"
        }
    }
}

extension Ratio: CustomStringConvertible {
    /// An exact decimal (`-0.125`, `20`) where one of at most 18 digits behind the point exists, else `1/3`.
    public var description: String {
        exactText(numerator: Int128(numerator), denominator: Int128(denominator))
    }
}

extension Ratio: LosslessStringConvertible {
    /// Reads what ``description`` writes, or nil; ``init(parsing:)`` says what is wrong.
    public init?(_ description: String) {
        do throws(RatioParseError) {
            try self.init(parsing: description)
        } catch {
            return nil
        }
    }

    /// Reads a decimal number (`-8328.578947368`) or two whole numbers with a slash (`1/3`), exactly.
    ///
    /// Leading zeros, trailing zeros and terms that can be reduced are accepted; a plus sign, an exponent and spaces
    /// are not. Numbers are read up to what an `Int128` holds before they are reduced.
    ///
    /// - Throws: ``RatioParseError`` with the first thing that is wrong and its offset in UTF-8.
    public init(parsing text: String) throws(RatioParseError) {
        var scanner = TextScanner(text)
        self = try Ratio(from: &scanner, dividedBy: 1)
        guard scanner.next == nil else { throw RatioParseError(.unexpectedText, utf8Offset: scanner.offset) }
    }

    /// Scans a number and divides it by another, before it is reduced.
    init(from scanner: inout TextScanner, dividedBy divisor: Int128) throws(RatioParseError) {
        let start = scanner.offset
        let isNegative = scanner.take("-")
        let number = DecimalDigits(from: &scanner)
        guard number.wholeCount > 0, number.scale != 0 else {
            throw RatioParseError(.expectedDigit, utf8Offset: scanner.offset)
        }
        var denominator: Int128? = 1
        if let scale = number.scale {
            denominator = scale <= 38 ? powerOfTen(scale) : nil
        } else if scanner.take("/") {
            let below = scanner.offset
            denominator = try Ratio.wholeNumber(from: &scanner)
            guard denominator != 0 else { throw RatioParseError(.zeroDenominator, utf8Offset: below) }
        }
        guard let digits = number.digits, let denominator,
            case let (product, overflow) = denominator.multipliedReportingOverflow(by: divisor), !overflow,
            let ratio = Ratio(reducing: isNegative ? -digits : digits, over: product)
        else { throw RatioParseError(.overflow, utf8Offset: start) }
        self = ratio
    }

    private static func wholeNumber(from scanner: inout TextScanner) throws(RatioParseError) -> Int128? {
        let number = DecimalDigits(from: &scanner)
        guard number.wholeCount > 0, number.scale == nil else {
            throw RatioParseError(.expectedDigit, utf8Offset: scanner.offset)
        }
        return number.digits
    }
}

extension Ratio: Codable {
    /// Decodes the text that ``init(parsing:)`` reads.
    public init(from decoder: any Decoder) throws {
        self = try decoder.checkedValue { (text: String) throws(RatioParseError) in
            try Self(parsing: text)
        }
    }

    /// Encodes the ``description``, which is exact.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// Ten to a power of 0...38, which is the range of an `Int128`.
private func powerOfTen(_ exponent: Int) -> Int128 {
    (0..<exponent).reduce(1 as Int128) { power, _ in power * 10 }
}

/// The decimal text of a fraction in lowest terms if it has at most 18 digits behind the point, else with a slash.
func exactText(numerator: Int128, denominator: Int128) -> String {
    guard denominator > 1 else { return numerator.description }
    var scale = 0
    var power: Int128 = 1
    while scale < 18, power % denominator != 0 {
        scale += 1
        power *= 10
    }
    guard power % denominator == 0 else { return "\(numerator)/\(denominator)" }
    let (whole, rest) = numerator.magnitude.quotientAndRemainder(dividingBy: denominator.magnitude)
    let digits = (rest * (power / denominator).magnitude).description
    let zeros = String(repeating: "0", count: scale - digits.utf8.count)
    return "\(numerator < 0 ? "-" : "")\(whole).\(zeros)\(digits)"
}
