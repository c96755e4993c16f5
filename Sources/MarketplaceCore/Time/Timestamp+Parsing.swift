/// Why a text is not a time, and where.
public typealias TimestampParseError = TextParseError<TimestampParseReason>

/// What is wrong with a text that is not a time.
public enum TimestampParseReason: Sendable, Hashable, CustomStringConvertible {
    /// A decimal digit has to stand here.
    case expectedDigit
    /// This character has to stand here.
    case expected(Unicode.Scalar)
    /// A `Z`, or the sign of an offset from UTC, has to stand here.
    case expectedOffset
    /// The field's number is outside its range.
    case outOfRange(Field, Int64, allowed: ClosedRange<Int64>)
    /// The second is 60: a leap second, which this time scale does not count.
    case leapSecond
    /// The year is written `-000000`; the year 0 has no minus sign.
    case negativeYearZero
    /// The time is outside what microseconds in an `Int64` reach.
    case notRepresentable
    /// The text goes on behind the time.
    case unexpectedText

    /// A part of the text.
    public enum Field: String, Sendable, Hashable {
        /// The month, 1...12.
        case month
        /// The day of its month.
        case day
        /// The hour, 0...23.
        case hour
        /// The minute, 0...59.
        case minute
        /// The second, 0...59.
        case second
        /// The hours of the offset from UTC, 0...23.
        case offsetHour = "offset hour"
        /// The minutes of the offset from UTC, 0...59.
        case offsetMinute = "offset minute"
    }

    /// The facts in words, for a log.
    public var description: String {
        switch self {
        case .expectedDigit: "a digit is missing"
        case .expected(let scalar): "a \"\(scalar)\" is missing"
        case .expectedOffset: "a \"Z\" or an offset from UTC is missing"
        case .outOfRange(let field, let number, let allowed):
            "the \(field.rawValue) is \(number), not within \(allowed.lowerBound)...\(allowed.upperBound)"
        case .leapSecond: "the second is 60, and leap seconds are not counted"
        case .negativeYearZero: "the year 0 has no minus sign"
        case .notRepresentable: "the time is out of reach"
        case .unexpectedText: "the text goes on behind the time"
        }
    }
}

extension Timestamp: LosslessStringConvertible {
    /// Reads what ``init(parsing:)`` reads, or nil; that one says what is wrong.
    public init?(_ description: String) {
        do throws(TimestampParseError) {
            try self.init(parsing: description)
        } catch {
            return nil
        }
    }

    /// Reads a date and time of RFC 3339 with any offset from UTC, and the expanded years that ``description`` writes.
    ///
    /// `T` and `Z` may be lower-case. A fraction may have any number of digits; those behind the sixth are cut off,
    /// since many systems send nanoseconds. 24:00 and leap seconds are refused. An expanded year is a sign and six
    /// digits.
    ///
    /// - Throws: ``TimestampParseError`` with the first thing that is wrong and its offset in UTF-8.
    public init(parsing text: String) throws(TimestampParseError) {
        var reader = TimestampReader(text)
        let date = try reader.readDate()
        let microsecondOfDay = try reader.readTimeOfDay()
        let offsetMinutes = try reader.readOffset()
        try reader.expectEnd()
        // In 128 bits, since the years that six digits name reach further than the time.
        let exact =
            Int128(date.daysSinceEpoch) * Int128(Timestamp.microsecondsPerDay) + Int128(microsecondOfDay)
            - Int128(offsetMinutes) * 60_000_000
        guard let microseconds = Int64(exactly: exact) else {
            throw TimestampParseError(.notRepresentable, utf8Offset: 0)
        }
        self.init(microsecondsSinceEpoch: microseconds)
    }
}

/// Reads the parts of a time, in their order.
private struct TimestampReader {
    private var scanner: TextScanner

    init(_ text: String) {
        scanner = TextScanner(text)
    }

    mutating func readDate() throws(TimestampParseError) -> CivilDate {
        let year = try readYear()
        try expect("-")
        let month = try readTwoDigits(.month, within: 1...12)
        try expect("-")
        let day = try readTwoDigits(.day, within: 1...CivilDate.dayCount(year: year, month: month))
        return CivilDate(year: year, month: month, day: day)
    }

    /// The microseconds since the start of the day.
    mutating func readTimeOfDay() throws(TimestampParseError) -> Int64 {
        if !scanner.take("t") { try expect("T") }
        let hour = try readTwoDigits(.hour, within: 0...23)
        try expect(":")
        let minute = try readTwoDigits(.minute, within: 0...59)
        try expect(":")
        let second = try readTwoDigits(.second, within: 0...59)
        return ((hour * 60 + minute) * 60 + second) * 1_000_000 + (try readFraction())
    }

    /// The minutes that local time is ahead of UTC.
    mutating func readOffset() throws(TimestampParseError) -> Int64 {
        if scanner.take("Z") || scanner.take("z") { return 0 }
        let isBehind = scanner.take("-")
        guard isBehind || scanner.take("+") else {
            throw TimestampParseError(.expectedOffset, utf8Offset: scanner.offset)
        }
        let hours = try readTwoDigits(.offsetHour, within: 0...23)
        try expect(":")
        let minutes = hours * 60 + (try readTwoDigits(.offsetMinute, within: 0...59))
        return isBehind ? -minutes : minutes
    }

    func expectEnd() throws(TimestampParseError) {
        guard scanner.next == nil else { throw TimestampParseError(.unexpectedText, utf8Offset: scanner.offset) }
    }

    private mutating func readYear() throws(TimestampParseError) -> Int64 {
        let isNegative = scanner.take("-")
        guard isNegative || scanner.take("+") else { return try readDigits(4) }
        let year = try readDigits(6)
        guard !isNegative || year != 0 else { throw TimestampParseError(.negativeYearZero, utf8Offset: 0) }
        return isNegative ? -year : year
    }

    private mutating func readFraction() throws(TimestampParseError) -> Int64 {
        guard scanner.take(".") else { return 0 }
        var microseconds = try readDigits(1) * 100_000
        var place: Int64 = 10_000
        while let digit = scanner.takeDigit() {
            // From the seventh digit on the place is zero.
            microseconds += Int64(digit) * place
            place /= 10
        }
        return microseconds
    }

    private mutating func readTwoDigits(
        _ field: TimestampParseReason.Field,
        within range: ClosedRange<Int64>
    ) throws(TimestampParseError) -> Int64 {
        let start = scanner.offset
        let number = try readDigits(2)
        guard range.contains(number) else {
            let isLeapSecond = field == .second && number == 60
            let reason = isLeapSecond ? .leapSecond : TimestampParseReason.outOfRange(field, number, allowed: range)
            throw TimestampParseError(reason, utf8Offset: start)
        }
        return number
    }

    private mutating func readDigits(_ count: Int) throws(TimestampParseError) -> Int64 {
        var number: Int64 = 0
        for _ in 0..<count {
            guard let digit = scanner.takeDigit() else {
                throw TimestampParseError(.expectedDigit, utf8Offset: scanner.offset)
            }
            number = number * 10 + Int64(digit)
        }
        return number
    }

    private mutating func expect(_ scalar: Unicode.Scalar) throws(TimestampParseError) {
        guard scanner.take(scalar) else { throw TimestampParseError(.expected(scalar), utf8Offset: scanner.offset) }
    }
}
