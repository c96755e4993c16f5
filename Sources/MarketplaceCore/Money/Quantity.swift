/// A whole number of units: one to ``maximum``.
///
/// Zero is not a quantity. Where nothing is a possible answer, the answer is an optional quantity.
///
/// There are no literals of this type on purpose: `try Quantity(0)` would be turned into the literal and trap.
@frozen
public struct Quantity: Sendable, Hashable {
    /// The largest quantity: a billion.
    ///
    /// It fits a 32-bit column and a 32-bit `Int`, and a price of up to 9.2 billion minor units times any quantity
    /// fits in an `Int64`.
    @inlinable public static var maximum: Int { 1_000_000_000 }

    /// One unit.
    @inlinable public static var one: Quantity { Quantity(unchecked: 1) }

    /// The number, 1...``maximum``.
    public let value: Int

    /// Makes a quantity of a number.
    ///
    /// - Throws: ``QuantityError`` when the number is zero, negative or greater than ``maximum``.
    @inlinable
    public init(_ value: some BinaryInteger) throws(QuantityError) {
        guard value > 0 else { throw value == 0 ? .zero : .negative(Int64(clamping: value)) }
        guard value <= Quantity.maximum else { throw .tooLarge(Int64(clamping: value)) }
        self.value = Int(truncatingIfNeeded: value)
    }

    /// Takes over a number that is known to be 1...``maximum``.
    @usableFromInline
    init(unchecked value: Int) {
        self.value = value
    }

    /// The sum of two quantities.
    ///
    /// - Throws: ``QuantityError/tooLarge(_:)`` with the sum when it is greater than ``maximum``.
    @inlinable
    public func adding(_ other: Quantity) throws(QuantityError) -> Quantity {
        try Quantity(Int64(value) + Int64(other.value))
    }

    /// The quantity less another.
    ///
    /// - Throws: ``QuantityError`` with the difference when nothing, or less, would be left.
    @inlinable
    public func subtracting(_ other: Quantity) throws(QuantityError) -> Quantity {
        try Quantity(Int64(value) - Int64(other.value))
    }
}

extension Quantity: Comparable {
    /// Whether the left quantity is less.
    @inlinable
    public static func < (left: Quantity, right: Quantity) -> Bool {
        left.value < right.value
    }
}

extension Quantity: CustomStringConvertible {
    /// The number.
    public var description: String { value.description }
}

extension Quantity: Codable {
    /// Decodes an integer and checks it.
    public init(from decoder: any Decoder) throws {
        self = try decoder.checkedValue { (number: Int64) throws(QuantityError) in
            try Self(number)
        }
    }

    /// Encodes the number as an integer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }
}
