/// A type whose decoding checks more than shapes, and which therefore says itself what its stored form looks like.
///
/// The schema of every other `Decodable` type is found by letting it decode itself from a probe.
public protocol SchemaStating: Decodable {
    /// The shape of the stored form.
    static var schema: ValueSchema { get }

    /// Some valid value; other numbers make other values where the type has them.
    static func schemaSample(_ number: Int) -> Self
}

extension Identifier: SchemaStating where Subject: ~Copyable {
    /// A UUID.
    public static var schema: ValueSchema { .text(.uuid) }
    /// The identifier with that number as its bits.
    public static func schemaSample(_ number: Int) -> Identifier {
        Identifier(bits: UInt128(truncatingIfNeeded: number))
    }
}

extension TextKey: SchemaStating {
    /// A key.
    public static var schema: ValueSchema { .text(.key) }
    /// The key that is that number.
    public static func schemaSample(_ number: Int) -> TextKey { TextKey(unchecked: "\(number)") }
}

extension Currency: SchemaStating {
    /// The alphabetic code.
    public static var schema: ValueSchema { .text(.currency) }
    /// Always the same one, so that all amounts of a sample can be added.
    public static func schemaSample(_ number: Int) -> Currency { .eur }
}

extension Quantity: SchemaStating {
    /// An integer.
    public static var schema: ValueSchema { .integer(bits: 64) }
    /// One unit.
    public static func schemaSample(_ number: Int) -> Quantity { .one }
}

extension Timestamp: SchemaStating {
    /// Microseconds since the epoch.
    public static var schema: ValueSchema { .timestamp }
    /// So many microseconds after the epoch.
    public static func schemaSample(_ number: Int) -> Timestamp { Timestamp(microsecondsSinceEpoch: Int64(number)) }
}

extension Ratio: SchemaStating {
    /// An exact fraction as a text.
    public static var schema: ValueSchema { .text(.ratio) }
    /// The whole number.
    public static func schemaSample(_ number: Int) -> Ratio { Ratio(Int64(number)) }
}

extension Percentage: SchemaStating {
    /// An exact percentage as a text.
    public static var schema: ValueSchema { .text(.percentage) }
    /// One per cent.
    public static func schemaSample(_ number: Int) -> Percentage { .percent(1) }
}
