/// An exact percentage: a rational number, so that 12.5%, 0.01% and a third are what they say.
///
/// Any sign and size is accepted; what a discount or a commission may be is for the rule that takes it.
@frozen
public struct Percentage: Sendable, Hashable {
    /// The percentage as a fraction: 20% is 1/5.
    public let ratio: Ratio

    /// Makes the percentage of a fraction: 1/5 is 20%.
    @inlinable
    public init(_ ratio: Ratio) {
        self.ratio = ratio
    }

    /// Nothing of the whole.
    public static let zero = Percentage(.zero)
    /// The whole.
    public static let whole = Percentage(.one)

    /// So many hundredths.
    public static func percent(_ number: Int64) -> Percentage {
        Percentage(Ratio(reducingBy: 100, number))
    }

    /// So many hundredths of a percent: 1250 is 12.5%.
    public static func basisPoints(_ number: Int64) -> Percentage {
        Percentage(Ratio(reducingBy: 10_000, number))
    }
}

extension Ratio {
    /// A number over a small positive one, which is always representable.
    fileprivate init(reducingBy denominator: Int64, _ numerator: Int64) {
        let divisor = Int64(greatestCommonDivisor(UInt128(numerator.magnitude), UInt128(denominator)))
        self.init(reducedNumerator: numerator / divisor, denominator: denominator / divisor)
    }
}

extension Percentage: Comparable {
    /// Whether the left percentage is less, exactly.
    @inlinable
    public static func < (left: Percentage, right: Percentage) -> Bool {
        left.ratio < right.ratio
    }
}

extension Percentage: CustomStringConvertible, LosslessStringConvertible {
    /// The number of percent and the sign: an exact decimal (`12.5%`) where one of at most 18 digits behind the point
    /// exists, else with a slash (`100/3%`).
    public var description: String {
        // In lowest terms again: the denominator may share factors with the hundred.
        let divisor = Int128(greatestCommonDivisor(100, UInt128(ratio.denominator)))
        let numerator = Int128(ratio.numerator) * (100 / divisor)
        return exactText(numerator: numerator, denominator: Int128(ratio.denominator) / divisor) + "%"
    }

    /// Reads what ``description`` writes, or nil; ``init(parsing:)`` says what is wrong.
    public init?(_ description: String) {
        do throws(RatioParseError) {
            try self.init(parsing: description)
        } catch {
            return nil
        }
    }

    /// Reads a number as ``Ratio/init(parsing:)`` does, followed by a percent sign: `12.5%`, `100/3%`.
    ///
    /// - Throws: ``RatioParseError`` with the first thing that is wrong and its offset in UTF-8.
    public init(parsing text: String) throws(RatioParseError) {
        var scanner = TextScanner(text)
        ratio = try Ratio(from: &scanner, dividedBy: 100)
        guard scanner.take("%") else { throw RatioParseError(.expectedPercentSign, utf8Offset: scanner.offset) }
        guard scanner.next == nil else { throw RatioParseError(.unexpectedText, utf8Offset: scanner.offset) }
    }
}

extension Percentage: Codable {
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
