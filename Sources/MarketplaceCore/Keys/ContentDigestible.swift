/// What a ``ContentDigest`` can take in, the same on every machine and in every release.
///
/// Unlike `Hashable`, whose hashes hold for one process only. Two values that are equal must give the same words, and
/// a value of variable length must say how long it is, so that no two sequences of values run into each other.
public protocol ContentDigestible {
    /// Takes the value in.
    func combine(into digest: inout ContentDigest)
}

extension ContentDigest {
    /// Takes in several values, one after the other.
    public mutating func combine<each Part: ContentDigestible>(all parts: repeat each Part) {
        for part in repeat each parts { part.combine(into: &self) }
    }
}

extension String: ContentDigestible {
    /// Takes in the bytes of UTF-8 and their number.
    public func combine(into digest: inout ContentDigest) { digest.combine(self) }
}

extension Bool: ContentDigestible {
    /// Takes in 1 or 0.
    public func combine(into digest: inout ContentDigest) { digest.combine(self ? 1 as UInt64 : 0) }
}

extension Int: ContentDigestible {
    /// Takes in the number.
    public func combine(into digest: inout ContentDigest) { digest.combine(Int64(self)) }
}

extension Int64: ContentDigestible {
    /// Takes in the number.
    public func combine(into digest: inout ContentDigest) { digest.combine(self) }
}

extension Duration: ContentDigestible {
    /// Takes in seconds and attoseconds.
    public func combine(into digest: inout ContentDigest) {
        digest.combine(all: components.seconds, components.attoseconds)
    }
}

extension Optional: ContentDigestible where Wrapped: ContentDigestible {
    /// Takes in whether there is a value, and the value.
    public func combine(into digest: inout ContentDigest) {
        (self != nil).combine(into: &digest)
        self?.combine(into: &digest)
    }
}

extension Array: ContentDigestible where Element: ContentDigestible {
    /// Takes in how many there are, and each.
    public func combine(into digest: inout ContentDigest) {
        count.combine(into: &digest)
        for element in self { element.combine(into: &digest) }
    }
}

extension Identifier: ContentDigestible {
    /// Takes in the bits.
    public func combine(into digest: inout ContentDigest) { digest.combine(bits) }
}

extension TextKey: ContentDigestible {
    /// Takes in the text.
    public func combine(into digest: inout ContentDigest) { digest.combine(text) }
}

extension Timestamp: ContentDigestible {
    /// Takes in the microseconds.
    public func combine(into digest: inout ContentDigest) { digest.combine(microsecondsSinceEpoch) }
}

extension Currency: ContentDigestible {
    /// Takes in the code.
    public func combine(into digest: inout ContentDigest) { digest.combine(code) }
}

extension Money: ContentDigestible {
    /// Takes in the amount and the code of the currency.
    public func combine(into digest: inout ContentDigest) { digest.combine(all: minorUnits, currency) }
}

extension Quantity: ContentDigestible {
    /// Takes in the number.
    public func combine(into digest: inout ContentDigest) { Int(value).combine(into: &digest) }
}
