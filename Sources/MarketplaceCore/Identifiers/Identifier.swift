/// A 128-bit identifier of one `Subject`, so that the id of an order cannot be passed where a payment's is meant.
///
/// New identifiers are time-ordered (UUID version 7, RFC 9562 section 5.7), which keeps them close together in an
/// index; any other UUID is accepted as it is. The order is that of the 16 bytes. The subject is only a name: it need
/// not be, and usually is not, stored anywhere.
@frozen
public struct Identifier<Subject: ~Copyable>: Sendable {
    /// The 128 bits, the first byte of the text form as the most significant one.
    public let bits: UInt128

    /// Makes the identifier with exactly these bits.
    @inlinable
    public init(bits: UInt128) {
        self.bits = bits
    }
}

extension Identifier: Hashable where Subject: ~Copyable {
    /// Whether the bits are the same.
    @inlinable
    public static func == (lhs: Identifier, rhs: Identifier) -> Bool {
        lhs.bits == rhs.bits
    }

    /// Hashes the bits.
    @inlinable
    public func hash(into hasher: inout Hasher) {
        hasher.combine(bits)
    }
}

extension Identifier: Comparable where Subject: ~Copyable {
    /// Whether the left one comes first in the order of the 16 bytes.
    @inlinable
    public static func < (lhs: Identifier, rhs: Identifier) -> Bool {
        lhs.bits < rhs.bits
    }
}
