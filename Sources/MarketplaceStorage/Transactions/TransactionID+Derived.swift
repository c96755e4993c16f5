public import MarketplaceCore

extension Identifier where Subject == Transaction {
    /// The id that always follows from these texts, for a transaction whose repetition must be recognised later by
    /// somebody who knows only what it was for.
    ///
    /// It is a UUID of version 8 (RFC 9562 section 5.8) over a 128-bit digest that is not cryptographic: whoever can
    /// choose the texts at will could make two of them meet, which a store then refuses as a reused id.
    public init(derivedFrom parts: String...) {
        var digest = ContentDigest()
        for part in parts { digest.combine(part) }
        let version: UInt128 = 0x8 << 76
        let variant: UInt128 = 0b10 << 62
        let cleared = digest.value.bits & ~((0xF << 76) | (0b11 << 62))
        self.init(bits: cleared | version | variant)
    }
}
