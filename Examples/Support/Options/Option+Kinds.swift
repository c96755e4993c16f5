extension Option where Value == Int {
    /// A whole number within a range.
    public static func wholeNumber(
        _ name: String,
        placeholder: String = "N",
        help: String,
        in range: ClosedRange<Int>,
        default defaultValue: Int
    ) -> Option {
        precondition(range.contains(defaultValue), "the default of --\(name) is outside its range")
        return Option(
            name,
            placeholder: placeholder,
            help: help,
            expectation: "a whole number from \(range.lowerBound) to \(range.upperBound)",
            default: defaultValue,
            defaultText: String(defaultValue),
            reading: { text in
                guard let number = Int(text) else {
                    return .failure(isWholeNumber(text) ? .outOfRange : .malformed)
                }
                return range.contains(number) ? .success(number) : .failure(.outOfRange)
            },
            showing: { String($0) }
        )
    }

    /// Whether `text` is a whole number of any size, so that a huge one is called out of range and not malformed.
    private static func isWholeNumber(_ text: String) -> Bool {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        return !digits.isEmpty && digits.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}

extension Option where Value == BasisPoints {
    /// A percentage with up to two decimals, kept exactly; a percent sign after it is allowed.
    public static func percentage(
        _ name: String,
        placeholder: String = "PERCENT",
        help: String,
        in range: ClosedRange<BasisPoints> = .percent(0) ... .percent(100),
        default defaultValue: BasisPoints
    ) -> Option {
        precondition(range.contains(defaultValue), "the default of --\(name) is outside its range")
        return Option(
            name,
            placeholder: placeholder,
            help: help,
            expectation: "a percentage from \(range.lowerBound.number) to \(range.upperBound.number)"
                + " with at most two decimals",
            default: defaultValue,
            defaultText: defaultValue.number,
            reading: { text in
                guard let percentage = BasisPoints(text) else { return .failure(.malformed) }
                return range.contains(percentage) ? .success(percentage) : .failure(.outOfRange)
            },
            showing: { $0.description }
        )
    }
}

extension Option where Value == UInt64 {
    /// The seed of a random source: 64 bits, decimal or hexadecimal after `0x`.
    public static func seed(_ name: String = "seed", help: String, default defaultValue: UInt64) -> Option {
        Option(
            name,
            placeholder: "SEED",
            help: help,
            expectation: "a whole number from 0 to \(UInt64.max), or 0x and up to 16 hexadecimal digits",
            default: defaultValue,
            defaultText: String(defaultValue),
            reading: { text in
                let isHexadecimal = text.lowercased().hasPrefix("0x")
                let digits = isHexadecimal ? text.dropFirst(2) : text[...]
                guard !digits.isEmpty,
                    digits.allSatisfy({ $0.isASCII && (isHexadecimal ? $0.isHexDigit : $0.isNumber) })
                else {
                    return .failure(.malformed)
                }
                guard let seed = UInt64(digits, radix: isHexadecimal ? 16 : 10) else { return .failure(.outOfRange) }
                return .success(seed)
            },
            showing: { String($0) }
        )
    }
}

extension Option where Value == String? {
    /// The path of a file; `nil` when it is not given.
    public static func file(_ name: String, placeholder: String = "FILE", help: String) -> Option {
        Option(
            name,
            placeholder: placeholder,
            help: help,
            expectation: "the path of a file",
            default: nil,
            defaultText: nil,
            reading: { text in
                text.isEmpty || text.utf8.contains(0) ? .failure(.malformed) : .success(text)
            },
            showing: { $0 ?? "-" }
        )
    }
}

extension Option where Value == Bool {
    /// A flag: false unless its name is given; it takes no value.
    public static func flag(_ name: String, help: String) -> Option {
        Option(
            name,
            placeholder: nil,
            help: help,
            expectation: "",
            default: false,
            defaultText: nil,
            reading: { $0.isEmpty ? .success(true) : .failure(.malformed) },
            showing: { $0 ? "yes" : "no" }
        )
    }
}

extension Option where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of a few names: the cases of an enumeration over text.
    public static func choice(
        _ name: String,
        placeholder: String = "NAME",
        help: String,
        default defaultValue: Value
    ) -> Option {
        let names = Value.allCases.map(\.rawValue)
        return Option(
            name,
            placeholder: placeholder,
            help: help,
            expectation: "one of " + names.joined(separator: ", "),
            default: defaultValue,
            defaultText: defaultValue.rawValue,
            reading: { text in Value(rawValue: text).map { .success($0) } ?? .failure(.malformed) },
            showing: { $0.rawValue }
        )
    }
}
