/// Reads what ``BinaryWriter`` wrote; whatever the bytes are, it throws rather than traps.
package struct BinaryReader {
    private let bytes: [UInt8]
    private var offset = 0

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Reads a stored form: its number comes first, and nothing is left over.
    package static func read<Value>(
        _ bytes: [UInt8],
        form: UInt8,
        _ body: (inout BinaryReader) throws(BinaryFormatError) -> Value
    ) throws(BinaryFormatError) -> Value {
        var reader = BinaryReader(bytes)
        let found = try reader.readByte()
        guard found == form else { throw BinaryFormatError("form \(found) is not known", at: 0) }
        let value = try body(&reader)
        guard reader.isAtEnd else { throw reader.error("bytes are left over") }
        return value
    }

    /// Whether everything was read.
    package var isAtEnd: Bool { offset == bytes.count }

    /// An error about what was read just now.
    package func error(_ reason: String) -> BinaryFormatError { BinaryFormatError(reason, at: offset) }

    package mutating func readByte() throws(BinaryFormatError) -> UInt8 {
        guard offset < bytes.count else { throw BinaryFormatError("ends early", at: offset) }
        defer { offset += 1 }
        return bytes[offset]
    }

    package mutating func readUInt64() throws(BinaryFormatError) -> UInt64 {
        let start = offset
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let byte = try readByte()
            let part = UInt64(byte & 0x7F)
            guard (part << shift) >> shift == part else { throw BinaryFormatError("number too large", at: start) }
            number |= part << shift
            if byte & 0x80 == 0 { return number }
        }
        throw BinaryFormatError("number too long", at: start)
    }

    package mutating func readInt64() throws(BinaryFormatError) -> Int64 {
        let number = try readUInt64()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    package mutating func readInt() throws(BinaryFormatError) -> Int {
        let start = offset
        guard let number = Int(exactly: try readInt64()) else { throw BinaryFormatError("number too large", at: start) }
        return number
    }

    package mutating func readUInt128() throws(BinaryFormatError) -> UInt128 {
        var bits: UInt128 = 0
        for _ in 0..<16 { bits = bits << 8 | UInt128(try readByte()) }
        return bits
    }

    package mutating func readString() throws(BinaryFormatError) -> String {
        let start = offset
        guard let text = String(validating: try readBytes(), as: UTF8.self) else {
            throw BinaryFormatError("text is not UTF-8", at: start)
        }
        return text
    }

    package mutating func readBytes() throws(BinaryFormatError) -> [UInt8] {
        let start = offset
        let length = try readUInt64()
        guard length <= UInt64(bytes.count - offset) else {
            throw BinaryFormatError("length of \(length) goes beyond the end", at: start)
        }
        defer { offset += Int(length) }
        return Array(bytes[offset..<(offset + Int(length))])
    }

    /// A count of things of which each takes at least one byte, so that no count can ask for more memory than the
    /// bytes that are there.
    package mutating func readCount() throws(BinaryFormatError) -> Int {
        let start = offset
        let count = try readUInt64()
        guard count <= UInt64(bytes.count - offset) else {
            throw BinaryFormatError("count of \(count) goes beyond the end", at: start)
        }
        return Int(count)
    }
}
