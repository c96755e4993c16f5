/// A 128-bit identifier of one `Subject`, so that the id of an order cannot be passed where a payment's is meant.
///
/// New identifiers are time-ordered (UUID version 7, RFC 9562 section 5.7), which keeps them close together in an
/// index; any other UUID is accepted as it is. The order is that of the 16 bytes. The subject is only a name: it need
/// not be, and usually is not, stored anywhere.
@frozen
public struct Identifier<Subject: ~Copyable>: Sendable {
    // Two words and not a `UInt128`, whose alignment of 16 bytes would pad every struct that holds an identifier.
    @usableFromInline let high: UInt64
    @usableFromInline let low: UInt64

    /// Makes the identifier with exactly these bits.
    @inlinable
    public init(bits: UInt128) {
        high = UInt64(truncatingIfNeeded: bits >> 64)
        low = UInt64(truncatingIfNeeded: bits)
    }

    /// The 128 bits, the first byte of the text form as the most significant one.
    @inlinable public var bits: UInt128 { UInt128(high) << 64 | UInt128(low) }
}

extension Identifier: Hashable where Subject: ~Copyable {
    /// Whether the bits are the same.
    @inlinable
    public static func == (lhs: Identifier, rhs: Identifier) -> Bool {
        lhs.high == rhs.high && lhs.low == rhs.low
    }

    /// Hashes the bits.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        hasher.combine(high)
        hasher.combine(low)
    }
}

extension Identifier: Comparable where Subject: ~Copyable {
    /// Whether the left one comes first in the order of the 16 bytes.
    @inlinable
    public static func < (lhs: Identifier, rhs: Identifier) -> Bool {
        (lhs.high, lhs.low) < (rhs.high, rhs.low)
    }
}
