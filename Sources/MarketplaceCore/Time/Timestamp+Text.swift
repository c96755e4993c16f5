extension Timestamp: CustomStringConvertible {
    /// The time in UTC in the form of RFC 3339: `2026-11-20T04:05:06Z`, or `2026-11-20T04:05:06.123456Z`.
    ///
    /// A fraction is written only where there is one, and then with six digits. Years outside 0000...9999 are expanded
    /// years of ISO 8601 with a sign and six digits: `+294247-01-10T04:00:54.775807Z`. The calendar is the Gregorian
    /// one throughout, the year before 0001 being 0000.
    public var description: String {
        let (day, microsecond) = microsecondsSinceEpoch.flooredQuotientAndRemainder(dividingBy: Self.microsecondsPerDay)
        let date = CivilDate(daysSinceEpoch: day)
        let (second, fraction) = microsecond.quotientAndRemainder(dividingBy: 1_000_000)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(30)
        if (0...9999).contains(date.year) {
            bytes.append(digits: date.year, count: 4)
        } else {
            bytes.append(date.year < 0 ? "-" : "+", digits: abs(date.year), count: 6)
        }
        bytes.append("-", digits: date.month)
        bytes.append("-", digits: date.day)
        bytes.append("T", digits: second / 3600)
        bytes.append(":", digits: second / 60 % 60)
        bytes.append(":", digits: second % 60)
        if fraction != 0 { bytes.append(".", digits: fraction, count: 6) }
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    static let microsecondsPerDay: Int64 = 86_400_000_000
}

extension Timestamp: Codable {
    /// Decodes microseconds since 1970-01-01T00:00:00Z.
    public init(from decoder: any Decoder) throws {
        microsecondsSinceEpoch = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Encodes the microseconds since 1970-01-01T00:00:00Z as an integer.
    ///
    /// Every stored event carries times: an integer is a third of the text's length and takes no calendar to read.
    /// Readers whose numbers are doubles, as in JavaScript, read it exactly up to the year 2255.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(microsecondsSinceEpoch)
    }
}

extension [UInt8] {
    /// Appends a mark and a number that is not negative, with leading zeros.
    fileprivate mutating func append(_ mark: Unicode.Scalar, digits number: Int64, count: Int = 2) {
        append(UInt8(ascii: mark))
        append(digits: number, count: count)
    }

    /// Appends a number that is not negative, with leading zeros.
    fileprivate mutating func append(digits number: Int64, count: Int) {
        var divisor: Int64 = 1
        for _ in 1..<count { divisor *= 10 }
        while divisor > 0 {
            append(UInt8(truncatingIfNeeded: number / divisor % 10) &+ 48)
            divisor /= 10
        }
    }
}
