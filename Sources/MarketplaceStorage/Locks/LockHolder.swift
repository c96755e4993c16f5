/// A number that no two leases share, by which a holder recognises its own.
struct LockHolder: Hashable, Sendable {
    // Two words for the same reason as `Identifier`.
    private let high: UInt64
    private let low: UInt64

    init(bits: UInt128) {
        high = UInt64(truncatingIfNeeded: bits >> 64)
        low = UInt64(truncatingIfNeeded: bits)
    }

    var bits: UInt128 { UInt128(high) << 64 | UInt128(low) }
}
