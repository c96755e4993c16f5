/// Why a text is not an amount of money, and where.
public typealias MoneyParseError = TextParseError<MoneyParseReason>

/// What is wrong with a text that is not an amount of money.
public enum MoneyParseReason: Sendable, Hashable, CustomStringConvertible {
    /// A decimal digit has to stand here.
    case expectedDigit
    /// The currency has so many digits behind the point, and the text another number of them.
    case wrongFraction(expected: Int, found: Int, Currency)
    /// One space has to stand here, between the number and the currency.
    case expectedSpace
    /// Here is no known currency.
    case currency(CurrencyError)
    /// The number is beyond what minor units in an `Int64` hold.
    case overflow

    /// The facts in words, for a log.
    public var description: String {
        switch self {
        case .expectedDigit: "a digit is missing"
        case .wrongFraction(let expected, let found, let currency):
            "\(currency) has \(expected) digits behind the point, not \(found)"
        case .expectedSpace: "a space and a currency are missing"
        case .currency(let error): error.description
        case .overflow: "the amount is too large"
        }
    }
}

extension Money: CustomStringConvertible {
    /// The amount in major units with all digits of the currency, and its code: `19.99 USD`, `1500 KRW`, `-0.05 USD`.
    public var description: String {
        let digits = String(minorUnits.magnitude)
        let sign = minorUnits < 0 ? "-" : ""
        let scale = currency.exponent
        guard scale > 0 else { return "\(sign)\(digits) \(currency.code)" }
        let padded = String(repeating: "0", count: max(0, scale + 1 - digits.utf8.count)) + digits
        return "\(sign)\(padded.dropLast(scale)).\(padded.suffix(scale)) \(currency.code)"
    }
}

extension Money: LosslessStringConvertible {
    /// Reads what ``description`` writes, or nil; ``init(parsing:)`` says what is wrong.
    public init?(_ description: String) {
        do throws(MoneyParseError) {
            try self.init(parsing: description)
        } catch {
            return nil
        }
    }

    /// Reads what ``description`` writes: a sign where the amount is negative, digits, the point and exactly the
    /// currency's digits where it has any, one space, the code.
    ///
    /// Leading zeros are accepted; grouping, a plus sign and any other space are not.
    ///
    /// - Throws: ``MoneyParseError`` with the first thing that is wrong and its offset in UTF-8.
    public init(parsing text: String) throws(MoneyParseError) {
        var scanner = TextScanner(text)
        let isNegative = scanner.take("-")
        let numberOffset = scanner.offset
        let number = DecimalDigits(from: &scanner)
        guard number.wholeCount > 0, number.scale != 0 else {
            throw MoneyParseError(.expectedDigit, utf8Offset: scanner.offset)
        }
        let fractionOffset = numberOffset + number.wholeCount
        guard scanner.take(" ") else { throw MoneyParseError(.expectedSpace, utf8Offset: scanner.offset) }
        let currency = try Money.currency(after: scanner.offset, in: text)
        let scale = number.scale ?? 0
        guard scale == currency.exponent else {
            let reason = MoneyParseReason.wrongFraction(expected: currency.exponent, found: scale, currency)
            throw MoneyParseError(reason, utf8Offset: fractionOffset)
        }
        guard let digits = number.digits, let minorUnits = Int64(exactly: isNegative ? -digits : digits) else {
            throw MoneyParseError(.overflow, utf8Offset: numberOffset)
        }
        self.init(minorUnits: minorUnits, currency)
    }

    private static func currency(after offset: Int, in text: String) throws(MoneyParseError) -> Currency {
        let code = text.utf8.dropFirst(offset)
        do throws(CurrencyError) {
            return try Currency(code: String(Substring(code)))
        } catch {
            throw MoneyParseError(.currency(error), utf8Offset: offset)
        }
    }
}
