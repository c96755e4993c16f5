extension Duration {
    /// Reads a period as ISO 8601-1 section 5.5.2 writes it, such as `PT15M`, `P14D`, `P2W` or `P1DT12H`.
    ///
    /// A day is 24 hours. Years and months are refused, because they have no fixed length, and so are fractions.
    public init(iso8601 text: String) throws(ISO8601PeriodError) {
        var parser = ISO8601PeriodParser(text)
        self = .seconds(try parser.parse())
    }
}

/// Reads the parts of a period in their order.
private struct ISO8601PeriodParser {
    private let bytes: [UInt8]
    private var offset = 0

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    mutating func parse() throws(ISO8601PeriodError) -> Int64 {
        guard take("P") else { throw .malformed(offset: 0) }
        var seconds: Int64 = 0
        var units: [(letter: Unicode.Scalar, seconds: Int64)] = [("W", 604_800), ("D", 86_400)]
        var isTime = false
        var isEmpty = true
        while offset < bytes.count {
            if !isTime && take("T") {
                isTime = true
                isEmpty = true
                units = [("H", 3_600), ("M", 60), ("S", 1)]
                continue
            }
            let start = offset
            let count = try number()
            guard offset < bytes.count else { throw .malformed(offset: offset) }
            let letter = Unicode.Scalar(bytes[offset])
            guard let index = units.firstIndex(where: { $0.letter == letter }) else {
                if !isTime && (letter == "Y" || letter == "M") { throw .noFixedLength(unit: Character(letter)) }
                throw .malformed(offset: offset)
            }
            offset += 1
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: units[index].seconds)
            let (sum, isTooLong) = seconds.addingReportingOverflow(product)
            guard !isTooLarge, !isTooLong else { throw .tooLong(offset: start) }
            seconds = sum
            units.removeFirst(index + 1)
            isEmpty = false
        }
        guard !isEmpty else { throw .malformed(offset: offset) }
        return seconds
    }

    private mutating func take(_ letter: Unicode.Scalar) -> Bool {
        guard offset < bytes.count, Unicode.Scalar(bytes[offset]) == letter else { return false }
        offset += 1
        return true
    }

    private mutating func number() throws(ISO8601PeriodError) -> Int64 {
        let start = offset
        var value: Int64 = 0
        while offset < bytes.count, (0x30...0x39).contains(bytes[offset]) {
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isTooLong) = product.addingReportingOverflow(Int64(bytes[offset] - 0x30))
            guard !isTooLarge, !isTooLong else { throw .tooLong(offset: start) }
            value = sum
            offset += 1
        }
        guard offset > start else { throw .malformed(offset: offset) }
        return value
    }
}
