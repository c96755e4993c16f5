/// A generator whose numbers follow from its seed, the same on every machine and in every version.
///
/// The algorithm is SplitMix64 (Steele, Lea, Flood: "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014,
/// with the constants of Vigna's reference code): a period of 2^64, one addition and two multiplications for a number.
/// It is for tests, simulations and jitter, never for secrets.
///
/// The standard library does not promise that `Int.random(in:using:)`, `shuffle(using:)` and the like take the same
/// numbers in every version. Where a replay must last, take ``next()`` and ``next(through:)``.
@frozen
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable {
    @usableFromInline var state: UInt64

    /// Makes the generator of a seed; every seed is as good as another.
    @inlinable
    public init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits.
    @inlinable
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed &>> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed &>> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed &>> 31
    }

    /// A number of 0...`bound`, each as likely as the others.
    public mutating func next(through bound: UInt64) -> UInt64 {
        uniform(through: bound) { next() }
    }
}

/// A number of 0...`bound`, each as likely as the others, from 64-bit numbers.
///
/// Lemire, "Fast Random Integer Generation in an Interval", ACM TOMACS 2019: the upper half of a product, drawn again
/// while the lower half is in the part that would favour some results.
func uniform(through bound: UInt64, from draw: () -> UInt64) -> UInt64 {
    guard bound < .max else { return draw() }
    let count = bound + 1
    var product = draw().multipliedFullWidth(by: count)
    guard product.low < count else { return product.high }
    let threshold = (0 &- count) % count
    while product.low < threshold {
        product = draw().multipliedFullWidth(by: count)
    }
    return product.high
}
