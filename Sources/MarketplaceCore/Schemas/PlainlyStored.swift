/// A plain type of the standard library, which a probe does not look into.
///
/// Not ``SchemaStating``: what is public there would be seen on every `String` of every consumer.
protocol PlainlyStored: Decodable {
    /// The shape of the stored form.
    static var plainSchema: ValueSchema { get }

    /// Some value; other numbers make other texts.
    static func plainSample(_ number: Int) -> Self
}

extension Bool: PlainlyStored {
    /// A truth value.
    static var plainSchema: ValueSchema { .boolean }
    /// True.
    static func plainSample(_ number: Int) -> Bool { true }
}

extension String: PlainlyStored {
    /// Any text.
    static var plainSchema: ValueSchema { .text(.any) }
    /// The number as a text.
    static func plainSample(_ number: Int) -> String { "\(number)" }
}

extension Int: PlainlyStored {
    /// An integer.
    static var plainSchema: ValueSchema { .integer(bits: 64) }
    /// One, which is a possible count, amount and number of a generation alike.
    static func plainSample(_ number: Int) -> Int { 1 }
}

extension Int8: PlainlyStored {
    /// An integer.
    static var plainSchema: ValueSchema { .integer(bits: 8) }
    /// One, which is a possible count, amount and number of a generation alike.
    static func plainSample(_ number: Int) -> Int8 { 1 }
}

extension Int16: PlainlyStored {
    /// An integer.
    static var plainSchema: ValueSchema { .integer(bits: 16) }
    /// One, which is a possible count, amount and number of a generation alike.
    static func plainSample(_ number: Int) -> Int16 { 1 }
}

extension Int32: PlainlyStored {
    /// An integer.
    static var plainSchema: ValueSchema { .integer(bits: 32) }
    /// One, which is a possible count, amount and number of a generation alike.
    static func plainSample(_ number: Int) -> Int32 { 1 }
}

extension Int64: PlainlyStored {
    /// An integer.
    static var plainSchema: ValueSchema { .integer(bits: 64) }
    /// One, which is a possible count, amount and number of a generation alike.
    static func plainSample(_ number: Int) -> Int64 { 1 }
}

extension UInt8: PlainlyStored {
    /// An integer.
    static var plainSchema: ValueSchema { .integer(bits: 16) }
    /// One, which is a possible count, amount and number of a generation alike.
    static func plainSample(_ number: Int) -> UInt8 { 1 }
}

extension UInt16: PlainlyStored {
    /// An integer.
    static var plainSchema: ValueSchema { .integer(bits: 32) }
    /// One, which is a possible count, amount and number of a generation alike.
    static func plainSample(_ number: Int) -> UInt16 { 1 }
}

extension UInt32: PlainlyStored {
    /// An integer.
    static var plainSchema: ValueSchema { .integer(bits: 64) }
    /// One, which is a possible count, amount and number of a generation alike.
    static func plainSample(_ number: Int) -> UInt32 { 1 }
}
