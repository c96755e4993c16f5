extension Weekday: WrittenValue {
    static var expectation: String { "a day of the week such as \"monday\"" }

    /// The name in lower case: `monday`.
    public var description: String {
        switch self {
        case .monday: "monday"
        case .tuesday: "tuesday"
        case .wednesday: "wednesday"
        case .thursday: "thursday"
        case .friday: "friday"
        case .saturday: "saturday"
        case .sunday: "sunday"
        }
    }

    init(written text: String) throws(WrittenFault) {
        guard let day = Weekday.allCases.first(where: { $0.description == text }) else {
            throw WrittenFault(reason: nil)
        }
        self = day
    }

    /// Decodes the name.
    public init(from decoder: any Decoder) throws {
        self = try decoder.written()
    }

    /// Encodes the name: `"monday"`.
    public func encode(to encoder: any Encoder) throws {
        try encoder.write(word: description)
    }
}

extension TimeOfDay: WrittenValue {
    static var expectation: String { "a time of day from \"00:00\" to \"24:00\"" }

    /// Hours and minutes: `18:30`.
    public var description: String { "\(twoDigits(minute / 60)):\(twoDigits(minute % 60))" }

    init(written text: String) throws(WrittenFault) {
        guard let (hour, minute) = hoursAndMinutes(text.utf8[...]), let time = TimeOfDay(hour: hour, minute: minute)
        else {
            throw WrittenFault(reason: nil)
        }
        self = time
    }

    /// Decodes hours and minutes.
    public init(from decoder: any Decoder) throws {
        self = try decoder.written()
    }

    /// Encodes hours and minutes: `"18:30"`.
    public func encode(to encoder: any Encoder) throws {
        try encoder.write(word: description)
    }
}

extension UTCOffset: WrittenValue {
    static var expectation: String { "an offset from UTC such as \"+09:00\", at most 18 hours" }

    /// Sign, hours and minutes: `+09:00`; `+00:00` is UTC.
    public var description: String {
        let (hours, minutes) = Int(minutes.magnitude).quotientAndRemainder(dividingBy: 60)
        return (self.minutes < 0 ? "-" : "+") + twoDigits(hours) + ":" + twoDigits(minutes)
    }

    init(written text: String) throws(WrittenFault) {
        let sign = text.utf8.first
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            let (hours, rest) = hoursAndMinutes(text.utf8.dropFirst()),
            let offset = UTCOffset(minutes: (hours * 60 + rest) * (sign == UInt8(ascii: "-") ? -1 : 1))
        else {
            throw WrittenFault(reason: nil)
        }
        self = offset
    }

    /// Decodes sign, hours and minutes.
    public init(from decoder: any Decoder) throws {
        self = try decoder.written()
    }

    /// Encodes sign, hours and minutes: `"+09:00"`.
    public func encode(to encoder: any Encoder) throws {
        try encoder.write(word: description)
    }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// The numbers of `18:30`; nil for a text of another form, and for minutes beyond 59.
private func hoursAndMinutes(_ text: Substring.UTF8View) -> (Int, Int)? {
    let digits = text.map { Int($0) - 48 }
    guard digits.count == 5, digits[2] == 10, digits.indices.allSatisfy({ $0 == 2 || (0...9).contains(digits[$0]) })
    else {
        return nil
    }
    let minutes = digits[3] * 10 + digits[4]
    return minutes < 60 ? (digits[0] * 10 + digits[1], minutes) : nil
}
