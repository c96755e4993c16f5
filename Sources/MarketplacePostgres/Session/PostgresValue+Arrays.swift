extension PostgresValue {
    /// A `bigint[]`.
    public static func bigints(_ values: some Collection<Int64>) -> PostgresValue {
        array(.bigintArray, of: .bigint, values) { value, bytes in
            bytes.appendBigEndian(Int32(MemoryLayout<Int64>.size))
            bytes.appendBigEndian(value)
        }
    }

    /// A `bigint[]`, whose elements may be null.
    public static func bigints(orNull values: some Collection<Int64?>) -> PostgresValue {
        array(.bigintArray, of: .bigint, values) { value, bytes in
            guard let value else {
                bytes.appendBigEndian(nullLength)
                return
            }
            bytes.appendBigEndian(Int32(MemoryLayout<Int64>.size))
            bytes.appendBigEndian(value)
        }
    }

    /// A `uuid[]` of these bits.
    public static func uuids(_ values: some Collection<UInt128>) -> PostgresValue {
        array(.uuidArray, of: .uuid, values) { value, bytes in
            bytes.appendBigEndian(Int32(MemoryLayout<UInt128>.size))
            bytes.appendBigEndian(value)
        }
    }

    /// A `uuid[]` of these bits, whose elements may be null.
    public static func uuids(orNull values: some Collection<UInt128?>) -> PostgresValue {
        array(.uuidArray, of: .uuid, values) { value, bytes in
            guard let value else {
                bytes.appendBigEndian(nullLength)
                return
            }
            bytes.appendBigEndian(Int32(MemoryLayout<UInt128>.size))
            bytes.appendBigEndian(value)
        }
    }

    /// A `bytea[]`, whose elements may be null.
    public static func bytesList(_ values: some Collection<[UInt8]?>) -> PostgresValue {
        array(.bytesArray, of: .bytes, values) { value, bytes in
            guard let value else {
                bytes.appendBigEndian(nullLength)
                return
            }
            bytes.appendBigEndian(Int32(truncatingIfNeeded: value.count))
            bytes += value
        }
    }

    /// A `text[]`, whose elements may be null.
    public static func texts(_ values: some Collection<String?>) -> PostgresValue {
        array(.textArray, of: .text, values) { value, bytes in
            guard let value else {
                bytes.appendBigEndian(nullLength)
                return
            }
            bytes.appendBigEndian(Int32(truncatingIfNeeded: value.utf8.count))
            bytes += value.utf8
        }
    }

    /// What stands in the place of the length of an element that is null.
    private static let nullLength: Int32 = -1

    /// An array of one dimension, as `array_recv` of PostgreSQL reads it: dimensions, whether there may be nulls, the
    /// type of the elements, their number, the index of the first, and each behind its length.
    private static func array<Values: Collection>(
        _ type: PostgresType,
        of element: PostgresType,
        _ values: Values,
        _ append: (Values.Element, inout [UInt8]) -> Void
    ) -> PostgresValue {
        var bytes: [UInt8] = []
        // The head, and of each element its length and as much as a number has: most are those.
        bytes.reserveCapacity(20 + values.count * 12)
        bytes.appendBigEndian(Int32(values.isEmpty ? 0 : 1))
        bytes.appendBigEndian(Int32(1))
        bytes.appendBigEndian(element.objectID)
        guard !values.isEmpty else { return PostgresValue(type: type, bytes: bytes) }
        bytes.appendBigEndian(Int32(truncatingIfNeeded: values.count))
        bytes.appendBigEndian(Int32(1))
        for value in values { append(value, &bytes) }
        return PostgresValue(type: type, bytes: bytes)
    }
}

extension [UInt8] {
    /// Appends the bytes of a number, the highest first.
    mutating func appendBigEndian(_ number: some FixedWidthInteger & BitwiseCopyable) {
        // A number without padding, whose bytes are all its own.
        unsafe Swift.withUnsafeBytes(of: number.bigEndian) { bytes in unsafe append(contentsOf: bytes) }
    }
}
