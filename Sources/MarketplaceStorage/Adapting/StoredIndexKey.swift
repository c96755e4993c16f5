/// Index values as bytes whose order is the order of the values.
///
/// A number is a 1 and eight bytes, the highest first and its sign turned over; a text is a 2, its bytes with a 255
/// behind every 0, and two 0 at its end. So numbers come before texts, a text before what it begins, and fewer values
/// before more.
package enum StoredIndexKey {
    private static let number: UInt8 = 1
    private static let text: UInt8 = 2
    /// Above every first byte of a value.
    private static let beyond: UInt8 = 3
    private static let escaped: UInt8 = 255

    /// The bytes of values.
    package static func bytes(of values: some Sequence<IndexValue>) -> [UInt8] {
        var bytes: [UInt8] = []
        for value in values { append(value, to: &bytes) }
        return bytes
    }

    /// From where, and to before what, the entries lie that a query wants.
    package static func range(of query: DocumentQuery) -> (lower: [UInt8], upper: [UInt8]) {
        let prefix = bytes(of: query.prefix)
        var (lower, upper) = (prefix, prefix)
        if let bound = query.lowerBound {
            append(bound, to: &lower)
        } else if query.upperBound != nil {
            // With a bound there must be a value behind the prefix.
            lower.append(number)
        }
        if let bound = query.upperBound { append(bound, to: &upper) }
        upper.append(beyond)
        return (lower, upper)
    }

    /// The values of bytes.
    package static func values(of bytes: [UInt8]) throws(BinaryFormatError) -> [IndexValue] {
        var values: [IndexValue] = []
        var rest = bytes[...]
        while let kind = rest.popFirst() {
            switch kind {
            case number: values.append(.integer(try readNumber(&rest)))
            case text: values.append(.text(try readText(&rest)))
            default: throw BinaryFormatError("an index value of kind \(kind)", at: bytes.count - rest.count)
            }
        }
        return values
    }

    private static func append(_ value: IndexValue, to bytes: inout [UInt8]) {
        switch value {
        case .integer(let integer):
            bytes.append(number)
            let turned = UInt64(bitPattern: integer) ^ (1 << 63)
            for shift in stride(from: UInt64(56), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: turned >> shift))
            }
        case .text(let string):
            bytes.append(text)
            for byte in string.utf8 {
                bytes.append(byte)
                if byte == 0 { bytes.append(escaped) }
            }
            bytes.append(contentsOf: [0, 0])
        }
    }

    private static func readNumber(_ rest: inout ArraySlice<UInt8>) throws(BinaryFormatError) -> Int64 {
        guard rest.count >= 8 else { throw BinaryFormatError("an index number ends early", at: rest.startIndex) }
        let turned = rest.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        rest = rest.dropFirst(8)
        return Int64(bitPattern: turned ^ (1 << 63))
    }

    private static func readText(_ rest: inout ArraySlice<UInt8>) throws(BinaryFormatError) -> String {
        var utf8: [UInt8] = []
        while let byte = rest.popFirst() {
            if byte != 0 {
                utf8.append(byte)
            } else if rest.popFirst() == escaped {
                utf8.append(0)
            } else {
                guard let string = String(validating: utf8, as: UTF8.self) else { break }
                return string
            }
        }
        throw BinaryFormatError("an index text is cut or no UTF-8", at: rest.startIndex)
    }
}
