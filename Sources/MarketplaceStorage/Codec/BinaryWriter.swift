/// Writes the package's own envelopes: numbers of variable length (LEB128), texts and bytes with their length.
package struct BinaryWriter {
    /// What was written.
    package private(set) var bytes: [UInt8] = []

    package init(capacity: Int = 64) {
        bytes.reserveCapacity(capacity)
    }

    /// Begins a stored form, whose number is its first byte; ``BinaryReader/read(_:form:_:)`` reads it.
    ///
    /// The number changes when an older reader would misread what is written now.
    package init(form: UInt8, capacity: Int = 64) {
        self.init(capacity: capacity)
        write(form)
    }

    package mutating func write(_ byte: UInt8) {
        bytes.append(byte)
    }

    package mutating func write(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Writes a signed number so that small ones of either sign are short (zigzag).
    package mutating func write(_ number: Int64) {
        write(UInt64(bitPattern: (number << 1) ^ (number >> 63)))
    }

    package mutating func write(_ number: Int) {
        write(Int64(number))
    }

    package mutating func write(_ bits: UInt128) {
        for shift in stride(from: 120, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt128(shift)))
        }
    }

    package mutating func write(_ text: String) {
        write(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    package mutating func write(_ data: [UInt8]) {
        write(UInt64(data.count))
        bytes.append(contentsOf: data)
    }
}
